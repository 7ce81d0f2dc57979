/** @file Finds each passage in the shown work and reads the heading above it. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { shownParts } from '../../solving/narrative/headings.ts';
import { shownItems } from '../../solving/options.ts';

/** `1: heading`, one a line. */
export function solve({ documents, slots: { work, items } }: ShownPrompt): string[] | undefined {
  const text = documentCalled(documents, work)?.text;
  const passages = shownItems(items);
  if (text === undefined || passages.length === 0) return undefined;
  const parts = shownParts(text);
  const lines = passages.flatMap(({ letter, text: quote }) => {
    const words = quote.replace(/^“|”$/g, '');
    const held = parts.filter((part) => part.text.includes(words));
    const [only] = held;
    return held.length === 1 && only !== undefined ? [`${letter}: ${only.title}`] : [];
  });
  return lines.length === passages.length ? lines : undefined;
}
