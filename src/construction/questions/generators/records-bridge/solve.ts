/** @file Finds the document by the value that is told of it, and reads the other field there. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { fieldOf } from '../../solving/tables.ts';

/** The field of the only document that states the clue. */
export function solve({ documents, slots: { wanted = '', known = '', clue = '' } }: ShownPrompt): string[] | undefined {
  const found = documents.filter((document) => fieldOf(document, known) === clue);
  const value = found.length === 1 && found[0] !== undefined ? fieldOf(found[0], wanted) : undefined;
  return value === undefined ? undefined : [value];
}
