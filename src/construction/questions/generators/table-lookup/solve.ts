/** @file Sorts the rows of the first table by its lines, and reads the cell of the second. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { tableAt } from '../../solving/filters.ts';
import { nameOfRow, rowOf, rowsBelow, titledTable, yearColumn } from '../../solving/report-tables.ts';
import { columnOf, type ShownTable, shownNumber } from '../../solving/tables.ts';
import { wheres } from '../../views/tables/filter-words.ts';
import { clues, figures, places } from './wordings.ts';

/** The column that a question calls by a year or by its heading. */
function columnSaid(table: ShownTable, figure: string): number {
  const year = figures.year.read(figure)?.year;
  return year === undefined ? columnOf(table, figures.column.read(figure)?.column ?? '') : yearColumn(table, year);
}

export function solve({ documents, slots }: ShownPrompt): string[] | undefined {
  const { clue = '', place = '', wanted = '' } = slots;
  const growth = clues.growthAside.read(clue) ?? clues.growth.read(clue);
  const highest = clues.highestAside.read(clue) ?? clues.highest.read(clue);
  const told = growth ?? highest ?? clues.lowestAside.read(clue) ?? clues.lowest.read(clue) ?? {};
  const { where = '', figure = '', from = '', to = '' } = told;
  const { document = '' } = wheres.table.read(where) ?? {};
  const elsewhere = places.own.read(place) ?? places.other.read(place);
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
  const end = growth === undefined && highest === undefined ? order.at(-1) : order[0];
  const found = rowOf(target, end?.name ?? '')?.[columnSaid(target, wanted)];
  return found === undefined ? undefined : [found];
}
