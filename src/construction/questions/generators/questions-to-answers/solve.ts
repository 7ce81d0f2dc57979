/** @file Finds the speech that asks each question, and which of the answers the next speech holds. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { shownItems, shownOptions } from '../../solving/options.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const answers = shownOptions(shown.slots.options);
  const found = shownItems(shown.slots.items).map(({ letter, text }) => {
    const next = speeches[speeches.findIndex(({ words }) => words.includes(text)) + 1];
    const given = answers.filter((answer) => next?.words.includes(answer.text));
    return given.length === 1 ? `${letter}: ${given[0]?.letter}` : undefined;
  });
  return found.every((line) => line !== undefined) ? found : undefined;
}
