/** @file Goes through the lines of the tables and keeps the rows that moved as told. */
import { documentCalled, type ShownDocument, type ShownPrompt } from '../../read-prompt.ts';
import { linesWith, tableAt } from '../../solving/filters.ts';
import { nameOfRow, quotedNames, rowOf, rowsBelow, titledTable, yearColumn } from '../../solving/report-tables.ts';
import { type ShownTable, shownNumber } from '../../solving/tables.ts';
import { aside, both, moves, whats } from './wordings.ts';

/** Later over earlier; NaN where a row lacks one. */
function factor(table: ShownTable, row: readonly string[] | undefined, from: string, to: string): number {
  const [a, b] = [from, to].map((year) => shownNumber(row?.[yearColumn(table, year)] ?? '') ?? Number.NaN);
  return (b ?? Number.NaN) / (a ?? Number.NaN);
}

const tablesOf = (document: ShownDocument | undefined, names: string): ShownTable[] | undefined => {
  const tables = quotedNames(names).map((name) => titledTable(document, name));
  return tables.includes(undefined) ? undefined : tables.flatMap((table) => table ?? []);
};

/** The lines of one table that meet two conditions. */
function ofOneTable(documents: readonly ShownDocument[], { where = '', first = '', second = '' }: Slots): string[] {
  const table = tableAt(documents, where);
  if (table === undefined) return [];
  const others = new Set(linesWith(table, second));
  return linesWith(table, first)
    .filter((row) => others.has(row))
    .map(nameOfRow);
}

type Slots = Readonly<Record<string, string | undefined>>;

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const what = aside.read(slots.what ?? '')?.what ?? slots.what ?? '';
  const two = both.read(what);
  if (two !== undefined) return ofOneTable(documents, two);
  for (const kind of ['up', 'down'] as const) {
    const read = whats[kind].read(what) ?? whats[`${kind}One`].read(what);
    if (read === undefined) continue;
    const { tables = '', one = '', bound = '', from = '', to = '' } = read;
    const least = kind === 'up' ? 1 + Number(bound) / 100 : 1 - Number(bound) / 100;
    return tablesOf(documentCalled(documents, one), tables)?.flatMap((table) =>
      rowsBelow(table)
        .filter((row) => (kind === 'up' ? factor(table, row, from, to) > least : factor(table, row, from, to) < least))
        .map(nameOfRow),
    );
  }
  const same = whats.again.read(what) ?? whats.alike.read(what);
  const turned = same === undefined ? whats.turned.read(what) : undefined;
  const {
    tables = '',
    one = '',
    other = '',
    first,
    second = first,
    from = '',
    middle,
    to = '',
  } = same ?? turned ?? whats.apart.read(what) ?? {};
  const [olds, news] = [one, other].map((title) => tablesOf(documentCalled(documents, title), tables));
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
