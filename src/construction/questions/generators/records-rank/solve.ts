/** @file Derives the ranking anew: the two fields of every document, by the lines that state them. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { fieldOf, shownNumber } from '../../solving/tables.ts';

/** Titles of the documents that state both figures, by their ratio, highest first. */
export function solve({ documents, slots: { over = '', under = '' } }: ShownPrompt): string[] | undefined {
  const rows = documents.flatMap((document) => {
    const [a, b] = [over, under].map((name) => shownNumber(fieldOf(document, name) ?? ''));
    return a === undefined || b === undefined || a <= 0 || b <= 0 ? [] : [{ title: document.title, ratio: a / b }];
  });
  return rows.length < 2 ? undefined : rows.sort((a, b) => b.ratio - a.ratio).map(({ title }) => title);
}
