/** @file Looks every term up in every provision that does not define it. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { defines, usesTerm } from '../../solving/provisions.ts';
import { columns } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const all = askedProvisions(shown);
  if (all === undefined) return undefined;
  const data = [...(shown.slots.terms ?? '').matchAll(/“([^”]+)”/g)].map(([, term = '']) => {
    const users = all.filter(({ body }) => usesTerm(body, term) && !defines(body, term));
    return [term, users[0]?.name ?? '', String(users.length)];
  });
  return data.length === 0 ? undefined : [JSON.stringify({ columns: columns[shown.language], data })];
}
