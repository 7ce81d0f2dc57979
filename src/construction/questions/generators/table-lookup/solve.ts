/** @file Sorts the rows of the first table by its lines, and reads the cell of the second. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { columnSaid, extremeRead, tableAt } from '../../solving/filters.ts';
import { nameOfRow, rowOf, rowsBelow, titledTable, yearColumn } from '../../solving/report-tables.ts';
import { shownNumber } from '../../solving/tables.ts';
import { wheres } from '../../views/tables/filter-words.ts';
import { clues, wanted } from './wordings.ts';

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const clue = slots.clue ?? '';
  const growth = clues.growth.read(clue);
  const placed = growth === undefined ? clues.extreme.read(clue) : undefined;
  const { figure = '', isLow = false } = extremeRead(placed?.extreme ?? '') ?? {};
  const { where = '', from = '', to = '' } = growth ?? placed ?? {};
  const { document = '' } = wheres.table.read(where) ?? {};
  const said = slots.wanted ?? '';
  const elsewhere = wanted.other.read(said) ?? wanted.own.read(said);
  const sought = elsewhere?.figure ?? wanted.same.read(said)?.figure ?? '';
  const table = tableAt(documents, where);
  const target =
    elsewhere === undefined
      ? table
      : titledTable(documentCalled(documents, elsewhere.other ?? document), elsewhere.in ?? '');
  if (table === undefined || target === undefined) return undefined;
  const numberAt = (row: readonly string[], at: number): number => shownNumber(row[at] ?? '') ?? Number.NaN;
  const value = (row: readonly string[]): number =>
    growth === undefined
      ? numberAt(row, columnSaid(table, figure))
      : numberAt(row, yearColumn(table, to)) / numberAt(row, yearColumn(table, from));
  const order = rowsBelow(table)
    .map((row) => ({ name: nameOfRow(row), value: value(row) }))
    .filter((row) => Number.isFinite(row.value))
    .sort((a, b) => b.value - a.value);
  const end = isLow ? order.at(-1) : order[0];
  const found = rowOf(target, end?.name ?? '')?.[columnSaid(target, sought)];
  return found === undefined ? undefined : [found];
}
