/** @file Looks every claim up in every document. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { fieldOf } from '../../solving/tables.ts';
import { claims } from './wordings.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const found = shownItems(slots.items).map(({ letter, text }) => {
    const { field = '', value = '' } = claims.read(text) ?? {};
    const sources = documents.filter((document) => fieldOf(document, field) === value);
    return sources.length === 1 ? `${letter}: ${sources[0]?.title}` : undefined;
  });
  return found.every((line) => line !== undefined) ? found : undefined;
}
