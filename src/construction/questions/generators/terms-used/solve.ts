/** @file Looks the terms up in each provision that does not define them. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { defines, shownProvisions, usesTerm } from '../../solving/provisions.ts';
import { conditions } from './wordings.ts';

export function solve({
  documents,
  slots: { document: title = '', nouns = '', condition = '' },
}: ShownPrompt): string[] | undefined {
  const document = documents.find((one) => one.title === title);
  const kind = (['both', 'one'] as const).find((each) => conditions[each].read(condition) !== undefined);
  if (document === undefined || kind === undefined) return undefined;
  const { term = '', other = '' } = conditions[kind].read(condition) ?? {};
  const all = shownProvisions(document, nameLike(nouns)).filter(
    ({ body }) => !defines(body, term) && !(other !== '' && defines(body, other)),
  );
  const right = all.filter(({ body }) => usesTerm(body, term) && (kind === 'one' || usesTerm(body, other)));
  return right.map(({ name }) => name);
}
