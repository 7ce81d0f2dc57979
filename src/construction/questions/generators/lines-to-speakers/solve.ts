/** @file Looks for the one speech that has each line. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedSpeeches } from '../../solving/asked.ts';
import { shownItems } from '../../solving/options.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const speeches = askedSpeeches(shown);
  if (speeches === undefined) return undefined;
  const found = shownItems(shown.slots.items).map(({ letter, text }) => {
    const [said, again] = speeches.filter(({ words }) => words.includes(text));
    return said === undefined || again !== undefined ? undefined : `${letter}: ${said.speaker}`;
  });
  return found.every((line) => line !== undefined) ? found : undefined;
}
