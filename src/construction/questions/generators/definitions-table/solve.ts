/** @file Looks every term up in every provision that does not define it. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { defines, shownProvisions, usesTerm } from '../../solving/provisions.ts';
import { columns } from './wordings.ts';

export function solve({ language, documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, nameLike(slots.nouns ?? ''));
  const data = [...(slots.terms ?? '').matchAll(/“([^”]+)”/g)].map(([, term = '']) => {
    const users = all.filter(({ body }) => usesTerm(body, term) && !defines(body, term));
    return [term, users[0]?.name ?? '', String(users.length)];
  });
  return data.length === 0 ? undefined : [JSON.stringify({ columns: columns[language], data })];
}
