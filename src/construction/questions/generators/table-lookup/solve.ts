/** @file Sorts the rows of the first table by its lines, and reads the cell of the second. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { linesWith, numberIn, tableAt } from '../../solving/filters.ts';
import { cellText, nameOfRow, rowsBelow, titledTable, yearColumn } from '../../solving/report-tables.ts';
import { columnOf, shownNumber } from '../../solving/tables.ts';
import { clues, places, ranks } from './wordings.ts';

/** The line of one table that leads those with a condition. */
function ofOneTable({ documents, slots: { clue = '', wanted = '' } }: ShownPrompt): string[] | undefined {
  const { where = '', condition = '', column, rank } = clues.amongAside.read(clue) ?? clues.among.read(clue) ?? {};
  const table = tableAt(documents, where);
  if (table === undefined) return undefined;
  const order = linesWith(table, condition)
    .filter((row) => Number.isFinite(numberIn(table, row, column)))
    .toSorted((a, b) => numberIn(table, b, column) - numberIn(table, a, column));
  const line = rank === ranks.en[0] || rank === ranks.zh[0] ? order[0] : order.at(-1);
  const found = line?.[columnOf(table, wanted)];
  return found === undefined ? undefined : [found];
}

export function solve(shown: ShownPrompt): string[] | undefined {
  const { documents, slots } = shown;
  const { clue = '', place = '', wanted = '' } = slots;
  if (places.same.read(place) !== undefined) return ofOneTable(shown);
  const growth = clues.growthAside.read(clue) ?? clues.growth.read(clue);
  const told = growth ?? clues.valueAside.read(clue) ?? clues.value.read(clue) ?? {};
  const { document = '', table: title = '', column = '', rank = '', from = '', to = '' } = told;
  const { in: name = '', other = document } = places.own.read(place) ?? places.other.read(place) ?? {};
  const table = titledTable(documentCalled(documents, document), title);
  if (table === undefined) return undefined;
  const numberAt = (row: readonly string[], at: number): number => shownNumber(row[at] ?? '') ?? Number.NaN;
  const value = (row: readonly string[]): number =>
    growth === undefined
      ? numberAt(row, columnOf(table, column))
      : numberAt(row, yearColumn(table, to)) / numberAt(row, yearColumn(table, from));
  const order = rowsBelow(table)
    .map((row) => ({ name: nameOfRow(row), value: value(row) }))
    .filter((row) => Number.isFinite(row.value))
    .sort((a, b) => b.value - a.value);
  const end = rank === ranks.en[0] || rank === ranks.zh[0] ? order[0] : order.at(-1);
  const found = cellText(documents, { document: other, table: name, row: end?.name ?? '', column: wanted });
  return found === undefined ? undefined : [found];
}
