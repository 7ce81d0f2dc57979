/** @file Reckons the quantity anew for every row of the tables, by their lines, and sorts. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { linesWith, numberIn, tableAt } from '../../solving/filters.ts';
import {
  nameOfRow,
  quotedNames,
  rowOf,
  rowsBelow,
  titledTable,
  unsigned,
  yearColumn,
} from '../../solving/report-tables.ts';
import { columnOf, type ShownTable, shownNumber } from '../../solving/tables.ts';
import { asides, sides, whats } from './wordings.ts';

interface Valued {
  readonly name: string;
  readonly value: number;
}

const sorted = (rows: readonly Valued[]): string[] =>
  [...rows].sort((a, b) => b.value - a.value).map(({ name }) => name);

const numberAt = (row: readonly string[] | undefined, column: number): number =>
  shownNumber(row?.[column] ?? '') ?? Number.NaN;

/** Rows of the first table that the second has too, with a value of both. */
function both(
  one: ShownTable,
  other: ShownTable,
  value: (a: readonly string[], b: readonly string[]) => number,
): Valued[] {
  return rowsBelow(one).flatMap((row) => {
    const name = nameOfRow(row);
    const second = rowOf(other, name);
    const reckoned = second === undefined ? Number.NaN : value(row, second);
    return Number.isFinite(reckoned) ? [{ name, value: reckoned }] : [];
  });
}

/** What a row became of what it was, for each row; or by how much it rose. */
function changed(
  [one, other]: readonly (ShownTable | undefined)[],
  { from = '', to = '' }: Readonly<Record<string, string>>,
  value: (before: number, after: number) => number,
): Valued[] {
  if (one === undefined || other === undefined) return [];
  const [a, b] = [yearColumn(one, from), yearColumn(other, to)];
  return both(one, other, (row, second) => value(numberAt(row, a), numberAt(second, b)));
}

const times = (before: number, after: number): number => after / before;

/** What is ranked, without what is left out of it. */
const bare = (what: string): string =>
  (asides.both.read(what) ?? asides.lone.read(what) ?? asides.totals.read(what))?.what ?? what;

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const what = bare(slots.what ?? '');
  const find = (title: string | undefined, name: string | undefined): ShownTable | undefined =>
    titledTable(documentCalled(documents, title ?? ''), name ?? '');
  const list = whats.listedOne.read(what) ?? whats.listedAcross.read(what);
  if (list !== undefined) {
    const { one, other = one, table } = list;
    const named = quotedNames(list.list ?? '');
    const rows = changed([find(one, table), find(other, table)], list, times)
      .map(({ name, value }) => ({ name: named.includes(name) ? name : unsigned(name), value }))
      .filter(({ name }) => named.includes(name));
    return rows.length === named.length ? sorted(rows) : undefined;
  }
  const left = whats.left.read(what);
  if (left !== undefined) {
    const table = tableAt(documents, left.where ?? '');
    const rows = table === undefined ? [] : linesWith(table, left.condition ?? '');
    const values = rows.map((row) => ({
      name: nameOfRow(row),
      value: table === undefined ? Number.NaN : numberIn(table, row, left.column),
    }));
    return sorted(values.filter(({ value }) => Number.isFinite(value)));
  }
  const rise = whats.difference.read(what);
  if (rise !== undefined) {
    const table = find(rise.one, rise.table);
    return sorted(changed([table, table], rise, (before, after) => after - before));
  }
  const heads = whats.differenceHeads.read(what);
  if (heads !== undefined) {
    const table = find(heads.one, heads.table);
    if (table === undefined) return undefined;
    const [a, b] = [columnOf(table, heads.from ?? ''), columnOf(table, heads.to ?? '')];
    return sorted(both(table, table, (row) => numberAt(row, b) - numberAt(row, a)));
  }
  const peers = whats.peers.read(what);
  if (peers !== undefined) {
    const found = quotedNames(peers.titles ?? '').map((title) => find(title, peers.table));
    return found.includes(undefined)
      ? undefined
      : sorted(found.flatMap((table) => changed([table, table], peers, times)));
  }
  const whole = whats.across.read(what) ?? whats.items.read(what);
  if (whole !== undefined) {
    const { one, other = one, table } = whole;
    return sorted(changed([find(one, table), find(other, table)], whole, times));
  }
  const { over = '', under = '', one } = whats.quotient.read(what) ?? {};
  const [first, second] = [over, under].map((side) => {
    const read = sides.column.read(side) ?? sides.year.read(side);
    const table = find(one, read?.table);
    if (table === undefined) return undefined;
    return { table, at: columnOf(table, read?.column ?? read?.year ?? '') };
  });
  if (first === undefined || second === undefined) return undefined;
  return sorted(both(first.table, second.table, (row, other) => numberAt(row, first.at) / numberAt(other, second.at)));
}
