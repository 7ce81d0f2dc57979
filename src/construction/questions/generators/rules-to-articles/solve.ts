/** @file Looks every quotation up under every heading. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { askedProvisions } from '../../solving/asked.ts';
import { shownItems } from '../../solving/options.ts';
import { flat } from '../../solving/quoted.ts';

export function solve(shown: ShownPrompt): string[] | undefined {
  const all = askedProvisions(shown)?.map(({ name, body }) => ({ name, body: flat(body) }));
  if (all === undefined) return undefined;
  const found = shownItems(shown.slots.items).map(({ letter, text }) => {
    const holders = all.filter(({ body }) => body.includes(text.replace(/^“|”$/g, '')));
    return holders.length === 1 ? `${letter}: ${holders[0]?.name}` : undefined;
  });
  return found.length > 0 && found.every((line) => line !== undefined) ? found : undefined;
}
