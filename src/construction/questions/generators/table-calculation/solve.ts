/** @file Reckons the figure anew in floating point, from the lines of the table. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { columnOf, dataRows, plain, type ShownTable, shownNumber, tableWith } from '../../solving/tables.ts';
import { whats } from './wordings.ts';

type Row = readonly string[];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The number in a column of the row that has a name among its cells. */
function numberOf(table: ShownTable, name: string, column: string): number {
  const row = dataRows(table).find((cells) => cells.some((cell) => plain(cell) === plain(name)));
  return shownNumber(row?.[columnOf(table, column)] ?? '') ?? Number.NaN;
}

const columnNumbers = (rows: readonly Row[], at: number): number[] =>
  rows.map((row) => shownNumber(row[at] ?? '') ?? Number.NaN);

const namesIn = (rows: string): string[] => [...rows.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name);

/** A figure with so many decimals; undefined where it is none. */
const shown = (value: number, decimals: number): string[] | undefined =>
  Number.isFinite(value) ? [value.toFixed(decimals)] : undefined;

export function solve({
  documents,
  slots: { table: name = '', document: title = '', what = '' },
}: ShownPrompt): string[] | undefined {
  const own = documents.filter((document) => document.title === title);
  const find = (...columns: string[]): ShownTable | undefined => tableWith(own, columns, name);
  const growth = whats.growth.read(what);
  if (growth !== undefined) {
    const { rows = '', from = '', to = '' } = growth;
    const table = find(from, to);
    if (table === undefined) return undefined;
    const [a, b] = [from, to].map((column) => sum(namesIn(rows).map((row) => numberOf(table, row, column)))) as [
      number,
      number,
    ];
    return shown((100 * (b - a)) / a, 1);
  }
  const changes = whats.changes.read(what);
  if (changes !== undefined) {
    const { one = '', other = '', from = '', to = '' } = changes;
    const table = find(from, to);
    if (table === undefined) return undefined;
    const change = (row: string): number => numberOf(table, row, to) - numberOf(table, row, from);
    const value = change(one) - change(other);
    return Number.isFinite(value) ? [String(Number(value.toFixed(2)))] : undefined;
  }
  const share = whats.share.read(what);
  if (share !== undefined) {
    const { by = '', bound = '', column = '' } = share;
    const table = find(by, column);
    if (table === undefined) return undefined;
    const rows = dataRows(table);
    const [bys, values] = [columnNumbers(rows, columnOf(table, by)), columnNumbers(rows, columnOf(table, column))];
    const least = shownNumber(bound) ?? Number.NaN;
    return shown((100 * sum(values.filter((_, i) => (bys[i] ?? 0) > least))) / sum(values), 1);
  }
  const multiple = whats.times.read(what);
  if (multiple === undefined) return undefined;
  const table = find(multiple.column ?? '');
  if (table === undefined) return undefined;
  const values = columnNumbers(dataRows(table), columnOf(table, multiple.column ?? '')).filter(Number.isFinite);
  const top = Math.max(...values);
  return shown(top / ((sum(values) - top) / (values.length - 1)), 2);
}
