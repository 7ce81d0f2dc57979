/** @file Goes through what is said and stops at the first speech that has the name. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { shownOptions } from '../../solving/options.ts';
import { isCalled, wordIn } from '../../solving/talk.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const { name = '', options } = shown.slots;
  const speeches = askedSpeeches(shown);
  if (speeches === undefined || name === '') return undefined;
  const first = speeches.find(({ words }) => wordIn(words, name));
  const right = shownOptions(options).filter(({ text }) => isCalled(first?.speaker ?? '', text));
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}
