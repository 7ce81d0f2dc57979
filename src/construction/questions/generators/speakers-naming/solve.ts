/** @file Looks for the name in every speech. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { isOne, speakersIn, wordIn } from '../../solving/talk.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const { name = '' } = shown.slots;
  const speeches = askedSpeeches(shown);
  if (speeches === undefined || name === '') return undefined;
  return speakersIn(speeches.filter(({ words }) => wordIn(words, name))).filter(isOne);
}
