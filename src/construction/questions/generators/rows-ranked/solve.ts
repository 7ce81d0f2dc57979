/** @file Reckons the quantity anew for every row of the tables, by their lines, and sorts. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { linesWith, numberIn, tableAt } from '../../solving/filters.ts';
import {
  cellNumber,
  nameOfRow,
  quotedNames,
  rowOf,
  rowsBelow,
  titledTable,
  yearColumn,
} from '../../solving/report-tables.ts';
import { columnOf, type ShownTable, shownNumber } from '../../solving/tables.ts';
import { whats } from './wordings.ts';

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

function grown(one: ShownTable | undefined, other: ShownTable | undefined, from: string, to: string): Valued[] {
  if (one === undefined || other === undefined) return [];
  const [a, b] = [yearColumn(one, from), yearColumn(other, to)];
  return both(one, other, (row, second) => numberAt(second, b) / numberAt(row, a));
}

const listedRows = (list: string): { row: string; table: string }[] =>
  [...list.matchAll(/“([^”]+)”[ （(]*(?:table |表)“([^”]+)”/g)].map(([, row = '', table = '']) => ({ row, table }));

/** Lines of one table by a column, or by what one column has more than another. */
function ofOneTable(documents: ShownPrompt['documents'], what: string): string[] | undefined {
  const left = whats.left.read(what);
  const difference = left === undefined ? whats.difference.read(what) : undefined;
  const table = tableAt(documents, (left ?? difference)?.where ?? '');
  if (table === undefined) return undefined;
  const rows = left === undefined ? rowsBelow(table) : linesWith(table, left.condition ?? '');
  const values = rows.map((row) => ({
    name: nameOfRow(row),
    value:
      left === undefined
        ? numberIn(table, row, difference?.one) - numberIn(table, row, difference?.other)
        : numberIn(table, row, left.column),
  }));
  return sorted(values.filter(({ value }) => Number.isFinite(value)));
}

export function solve({ documents, slots: { what = '' } }: ShownPrompt): string[] | undefined {
  const find = (title: string | undefined, name: string | undefined): ShownTable | undefined =>
    titledTable(documentCalled(documents, title ?? ''), name ?? '');
  const single = ofOneTable(documents, what);
  if (single !== undefined) return single;
  const across = whats.across.read(what);
  if (across !== undefined) {
    const { tables = '', one, other, from = '', to = '' } = across;
    const pairs = quotedNames(tables).map((name) => [find(one, name), find(other, name)] as const);
    return sorted(pairs.flatMap(([older, newer]) => grown(older, newer, from, to)));
  }
  const own = whats.listedOne.read(what);
  const list = own ?? whats.listedAcross.read(what) ?? whats.listedItems.read(what);
  if (list !== undefined) {
    const { one = '', other = one, from = '', to = '' } = list;
    const named =
      own === undefined
        ? listedRows(list.list ?? '')
        : quotedNames(own.list ?? '').map((row) => ({ row, table: own.table ?? '' }));
    const rows = named.map(({ row, table }) => {
      const before = cellNumber(documents, { document: one, table, row, year: from });
      const after = cellNumber(documents, { document: other, table, row, year: to });
      return { name: row, value: after / before };
    });
    return rows.some(({ value }) => !Number.isFinite(value)) ? undefined : sorted(rows);
  }
  const peers = whats.peers.read(what);
  if (peers !== undefined) {
    const found = quotedNames(peers.titles ?? '').map((title) => find(title, peers.table));
    const { from = '', to = '' } = peers;
    return found.includes(undefined) ? undefined : sorted(found.flatMap((table) => grown(table, table, from, to)));
  }
  const items = whats.items.read(what);
  if (items !== undefined) {
    const { tables = '', one, from = '', to = '' } = items;
    const found = quotedNames(tables).map((name) => find(one, name));
    return found.includes(undefined) ? undefined : sorted(found.flatMap((table) => grown(table, table, from, to)));
  }
  const { over, under, one, overColumn = '', underColumn = '' } = whats.quotient.read(what) ?? {};
  const [first, second] = [find(one, over), find(one, under)];
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = [columnOf(first, overColumn), columnOf(second, underColumn)];
  return sorted(both(first, second, (row, other) => numberAt(row, a) / numberAt(other, b)));
}
