/** @file Goes through the lines of the tables and keeps the rows that moved as told. */
import type { ShownDocument, ShownPrompt } from '../../read-prompt.ts';
import {
  documentOf,
  nameOfRow,
  quotedNames,
  rowOf,
  rowsBelow,
  titledTable,
  yearColumn,
} from '../../solving/report-tables.ts';
import { type ShownTable, shownNumber } from '../../solving/tables.ts';
import { moves, whats } from './wordings.ts';

/** Later over earlier; NaN where a row lacks one. */
function factor(table: ShownTable, row: readonly string[] | undefined, from: string, to: string): number {
  const [a, b] = [from, to].map((year) => shownNumber(row?.[yearColumn(table, year)] ?? '') ?? Number.NaN);
  return (b ?? Number.NaN) / (a ?? Number.NaN);
}

const tablesOf = (document: ShownDocument | undefined, names: string): ShownTable[] | undefined => {
  const tables = quotedNames(names).map((name) => titledTable(document, name));
  return tables.includes(undefined) ? undefined : tables.flatMap((table) => table ?? []);
};

export function solve({ documents, slots: { what = '' } }: ShownPrompt): string[] | undefined {
  for (const kind of ['up', 'down'] as const) {
    const read = whats[kind].read(what);
    if (read === undefined) continue;
    const { tables = '', one = '', bound = '', from = '', to = '' } = read;
    const least = kind === 'up' ? 1 + Number(bound) / 100 : 1 - Number(bound) / 100;
    return tablesOf(documentOf(documents, one), tables)?.flatMap((table) =>
      rowsBelow(table)
        .filter((row) => (kind === 'up' ? factor(table, row, from, to) > least : factor(table, row, from, to) < least))
        .map(nameOfRow),
    );
  }
  const turned = whats.turned.read(what);
  const {
    tables = '',
    one = '',
    other = '',
    first,
    second,
    from = '',
    middle,
    to = '',
  } = turned ?? whats.apart.read(what) ?? {};
  const [olds, news] = [one, other].map((title) => tablesOf(documentOf(documents, title), tables));
  const rose = (word: string | undefined): boolean => word === moves.en.up || word === moves.zh.up;
  return olds?.flatMap((table, i) =>
    rowsBelow(table)
      .map(nameOfRow)
      .filter((name) => {
        const next = news?.[i];
        if (next === undefined) return false;
        const a = factor(table, rowOf(table, name), from, middle ?? to);
        const b = factor(next, rowOf(next, name), middle ?? from, to);
        return Number.isFinite(a) && Number.isFinite(b) && a > 1 === rose(first) && b > 1 === rose(second);
      }),
  );
}
