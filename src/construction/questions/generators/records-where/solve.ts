/** @file Tries both conditions on every document, by the lines that state its fields. */
import type { ShownDocument, ShownPrompt } from '../../read-prompt.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';
import { conditions } from './wordings.ts';

/** Whether a document meets a condition as it was said; undefined where the field is no number. */
function meets(document: ShownDocument, said: string): boolean | undefined {
  const above = conditions.above.read(said);
  const slots = above ?? conditions.below.read(said);
  const value = shownNumber(fieldOf(document, slots?.field ?? '') ?? '');
  const bound = shownNumber(slots?.bound ?? '');
  if (value === undefined || bound === undefined) return undefined;
  return above === undefined ? value < bound : value > bound;
}

export const solve = ({ documents, slots: { one = '', two = '' } }: ShownPrompt): string[] =>
  documents
    .filter((document) => meets(document, one) === true && meets(document, two) === true)
    .map(({ title }) => title);
