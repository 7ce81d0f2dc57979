/** @file Looks the terms up in each provision that does not define them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { defines, usesTerm } from '../../solving/provisions.ts';
import { conditions } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const { condition = '' } = shown.slots;
  const provisions = askedProvisions(shown);
  const kind = (['both', 'one'] as const).find((each) => conditions[each].read(condition) !== undefined);
  if (provisions === undefined || kind === undefined) return undefined;
  const { term = '', other = '' } = conditions[kind].read(condition) ?? {};
  const all = provisions.filter(({ body }) => !defines(body, term) && !(other !== '' && defines(body, other)));
  const right = all.filter(({ body }) => usesTerm(body, term) && (kind === 'one' || usesTerm(body, other)));
  return right.map(({ name }) => name);
}
