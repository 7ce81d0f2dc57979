/** @file Reckons anew in floating point, from the lines of the tables. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { linesWith, numberIn, tableAt } from '../../solving/filters.ts';
import { cellNumber, nameOfRow, quotedNames, titledTable } from '../../solving/report-tables.ts';
import { columnOf, plain, shownNumber } from '../../solving/tables.ts';
import { wheres } from '../../views/tables/filter-words.ts';
import { whats } from './wordings.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const shown = (value: number): string[] | undefined => (Number.isFinite(value) ? [value.toFixed(1)] : undefined);

/** How many rows are the largest. */
const largest = 3;

export function solve({ documents, slots: { document = '', what = '' } }: ShownPrompt): string[] | undefined {
  const at = (table = '', row = '', year = ''): number => cellNumber(documents, { document, table, row, year });
  const growth = whats.growth.read(what);
  if (growth !== undefined) {
    const rows = quotedNames(growth.rows ?? '');
    const [a = 0, b = 0] = [growth.from, growth.to].map((year) => sum(rows.map((row) => at(growth.table, row, year))));
    return shown((100 * (b - a)) / a);
  }
  const apart = whats.totals.read(what) ?? whats.apart.read(what);
  if (apart !== undefined) {
    const { one, oneTable, other, otherTable = oneTable, from, to } = apart;
    const rate = (table?: string, row?: string): number => (100 * at(table, row, to)) / at(table, row, from);
    return shown(rate(oneTable, one) - rate(otherTable, other));
  }
  const share = whats.share.read(what);
  if (share !== undefined) {
    const { row, total, table, from, to } = share;
    const part = (year?: string): number => (100 * at(table, row, year)) / at(table, total, year);
    return shown(part(to) - part(from));
  }
  const average = whats.average.read(what);
  if (average !== undefined) {
    const read = average.table === document ? wheres.alone : wheres.table;
    const named = tableAt(documents, read.say('en', { document, table: average.table ?? '' }));
    const values =
      named === undefined
        ? []
        : linesWith(named, average.condition ?? '').map((row) => numberIn(named, row, average.column));
    return shown(sum(values) / values.length);
  }
  const top = whats.top.read(what);
  const table = titledTable(documentCalled(documents, document), top?.table ?? '');
  if (top === undefined || table === undefined) return undefined;
  const column = columnOf(table, top.column ?? '');
  const lines = table.rows.map((row) => ({ name: nameOfRow(row), value: shownNumber(row[column] ?? '') ?? 0 }));
  const whole = lines.find(({ name }) => plain(name) === plain(top.total ?? ''));
  const parts = lines.filter((line) => line !== whole).sort((a, b) => b.value - a.value);
  return shown((100 * sum(parts.slice(0, largest).map(({ value }) => value))) / (whole?.value ?? Number.NaN));
}
