/** @file Counts all speeches and those of the persons asked for. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { isCalled } from '../../solving/talk.ts';
import { namesTogether } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const counts = namesTogether(shown.slots.who ?? '').map(
    (name) => speeches.filter(({ speaker }) => isCalled(speaker, name)).length,
  );
  const own = counts.reduce((sum, count) => sum + count, 0);
  return counts.includes(0) || speeches.length === 0 ? undefined : [((100 * own) / speeches.length).toFixed(1)];
}
