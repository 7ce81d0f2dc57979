/** @file Looks every quotation up under every heading. */
import { nameLike } from '../../provision-words.ts';
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { shownProvisions } from '../../solving/provisions.ts';
import { flat } from '../../solving/quoted.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const document = documents.find(({ title }) => title === slots.document);
  if (document === undefined) return undefined;
  const all = shownProvisions(document, nameLike(slots.nouns ?? '')).map(({ name, body }) => ({
    name,
    body: flat(body),
  }));
  const found = shownItems(slots.items).map(({ letter, text }) => {
    const holders = all.filter(({ body }) => body.includes(text.replace(/^“|”$/g, '')));
    return holders.length === 1 ? `${letter}: ${holders[0]?.name}` : undefined;
  });
  return found.length > 0 && found.every((line) => line !== undefined) ? found : undefined;
}
