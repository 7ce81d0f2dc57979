/** @file Derives the parts anew: splits the work by its headings and looks for both names in each part. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { names, shownParts } from '../../solving/narrative/headings.ts';

/** The headings of the parts with both names. */
export function solve({ documents, slots: { work, one = '', other = '' } }: ShownPrompt): string[] | undefined {
  const text = documentCalled(documents, work)?.text;
  if (text === undefined) return undefined;
  const found = shownParts(text).filter((part) => names(part.text, one) && names(part.text, other));
  return found.length === 0 ? undefined : found.map(({ title }) => title);
}
