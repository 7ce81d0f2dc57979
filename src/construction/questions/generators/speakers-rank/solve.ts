/** @file Counts the speeches of everybody anew. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { isOne, speakersIn } from '../../solving/talk.ts';
import { countRead } from './wordings.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const times = (name: string): number => speeches.filter(({ speaker }) => speaker === name).length;
  return speakersIn(speeches)
    .filter(isOne)
    .sort((a, b) => times(b) - times(a))
    .slice(0, countRead(shown.slots.count ?? ''));
}
