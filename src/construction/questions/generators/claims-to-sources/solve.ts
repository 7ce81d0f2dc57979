/** @file Finds each statement in the shown documents. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';

/** `1: title`, one a line. */
export function solve({ documents, slots: { items } }: ShownPrompt): string[] | undefined {
  const claims = shownItems(items);
  const lines = claims.flatMap(({ letter, text }) => {
    const words = text.replace(/^“|”$/g, '');
    const [only, ...more] = documents.filter((document) => document.text.includes(words));
    return only === undefined || more.length > 0 ? [] : [`${letter}: ${only.title}`];
  });
  return claims.length > 0 && lines.length === claims.length ? lines : undefined;
}
