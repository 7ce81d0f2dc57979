/** @file Reckons each change in every report and takes the one that comes to it. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownItems } from '../../solving/options.ts';
import { cellNumber, quotedNames } from '../../solving/report-tables.ts';
import { bare, change, line } from './wordings.ts';

/** Half of the last decimal shown, and what floating point adds. */
const near = 0.0501;

/** The lines of one report: each change is that of one of them. */
function ofLines({ documents, slots }: ShownPrompt): string[] | undefined {
  const { document = '', from = '', to = '', lines = '', items } = slots;
  const rows = lines.split('\n').flatMap((text) => {
    const { row, table = '' } = line.read(text.replace(/^- /, '')) ?? {};
    if (row === undefined) return [];
    const [a = Number.NaN, b = Number.NaN] = [from, to].map((year) =>
      cellNumber(documents, { document, table, row, year }),
    );
    return [{ row, percent: (100 * (b - a)) / a }];
  });
  const found = shownItems(items).map(({ letter, text }) => {
    const wanted = Number(bare.read(text)?.percent);
    const fitting = rows.filter(({ percent }) => Math.abs(percent - wanted) <= near);
    return fitting.length === 1 ? `${letter}: ${fitting[0]?.row}` : undefined;
  });
  return found.includes(undefined) ? undefined : found.flatMap((entry) => entry ?? []);
}

export function solve(shown: ShownPrompt): string[] | undefined {
  const {
    documents,
    slots: { titles = '', items, lines },
  } = shown;
  if (lines !== undefined) return ofLines(shown);
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
