/** @file Reads the cells by the names of table, row and year, and divides in floating point. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { cellNumber, nameOfRow, titledTable } from '../../solving/report-tables.ts';
import { rows, whats } from './wordings.ts';

const total = /\btotal\b|合计|总计|总额/i;

export function solve({ documents, slots: { what = '' } }: ShownPrompt): string[] | undefined {
  const figure = (document: string, year: string, words: string): number => {
    const { table = '', row } = rows.row.read(words) ?? rows.total.read(words) ?? {};
    const found = titledTable(documentCalled(documents, document), table);
    const sums = (found?.rows ?? []).map(nameOfRow).filter((name) => total.test(name));
    const name = row ?? (sums.length === 1 ? sums[0] : undefined) ?? '';
    return cellNumber(documents, { document, table, row: name, year });
  };
  const {
    from = '',
    to = '',
    year = '',
    ...said
  } = whats.between.read(what) ?? whats.across.read(what) ?? whats.change.read(what) ?? {};
  const { one = '', other, over = '', under = '' } = said;
  const share = (document: string, at: string): number =>
    (100 * figure(document, at, over)) / figure(document, at, under);
  const value = year === '' ? share(other ?? one, to) - share(one, from) : share(one, year) - share(other ?? '', year);
  return Number.isFinite(value) ? [value.toFixed(1)] : undefined;
}
