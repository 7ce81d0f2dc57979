/** @file Reckons each change in every report and takes the one that comes to it. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { cellNumber, quotedNames } from '../../solving/report-tables.ts';
import { change } from './wordings.ts';

/** Half of the last decimal shown, and what floating point adds. */
const near = 0.0501;

export function solve({ documents, slots: { titles = '', items } }: ShownPrompt): string[] | undefined {
  const found = shownItems(items).map(({ letter, text }) => {
    const { row = '', table = '', percent = '', from = '', to = '' } = change.read(text) ?? {};
    const fitting = quotedNames(titles).filter((document) => {
      const [a = Number.NaN, b = Number.NaN] = [from, to].map((year) =>
        cellNumber(documents, { document, table, row, year }),
      );
      return Math.abs((100 * (b - a)) / a - Number(percent)) <= near;
    });
    return fitting.length === 1 ? `${letter}: ${fitting[0]}` : undefined;
  });
  return found.includes(undefined) ? undefined : found.flatMap((line) => line ?? []);
}
