/** @file Finds the speech of every line and sorts by its number. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { shownOptions } from '../../solving/options.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const placed = shownOptions(shown.slots.options).map(({ letter, text }) => {
    const at = speeches.flatMap(({ words }, i) => (words.includes(text) ? [i] : []));
    return { letter, at: at.length === 1 ? at[0] : undefined };
  });
  if (placed.some(({ at }) => at === undefined)) return undefined;
  return placed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ letter }) => letter);
}
