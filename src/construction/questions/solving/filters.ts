/** @file Gate g1: how solvers keep the lines of a table that a question's condition leaves. */
import { documentCalled, type ShownDocument } from '../read-prompt.ts';
import { conditions, extremes, figures, lowEnds, wheres } from '../views/tables/filter-words.ts';
import { rowsBelow, titledTable, yearColumn } from './report-tables.ts';
import { columnOf, plain, type ShownTable, shownNumber, shownTables } from './tables.ts';

/** The table that a question names. */
export function tableAt(documents: readonly ShownDocument[], where: string): ShownTable | undefined {
  const read = wheres.table.read(where);
  if (read !== undefined) return titledTable(documentCalled(documents, read.document ?? ''), read.table ?? '');
  const { document: title = '' } = wheres.alone.read(where) ?? {};
  const document = documentCalled(documents, title);
  const tables = document === undefined ? [] : shownTables(document);
  return tables.length === 1 ? tables[0] : titledTable(document, title);
}

/** Number of the column that a question calls by a year or by its heading; -1 where there is none. */
export function columnSaid(table: ShownTable, figure: string): number {
  const column = figures.column.read(figure)?.column;
  return column === undefined ? yearColumn(table, figures.year.read(figure)?.year ?? '?') : columnOf(table, column);
}

/** What an end of an order is of, and which end it is; undefined for other words. */
export function extremeRead(said: string): { readonly figure: string; readonly isLow: boolean } | undefined {
  for (const [kind, phrase] of Object.entries(extremes)) {
    const figure = phrase.read(said)?.figure;
    if (figure !== undefined) return { figure, isLow: lowEnds.includes(kind) };
  }
  return undefined;
}

/** A cell's number; NaN where it has none. */
export const numberIn = (table: ShownTable, row: readonly string[], column = ''): number =>
  shownNumber(row[columnOf(table, column)] ?? '') ?? Number.NaN;

/** The lines, totals aside, that meet a condition. */
export function linesWith(table: ShownTable, condition: string): readonly (readonly string[])[] {
  const is = conditions.is.read(condition);
  const over = conditions.over.read(condition);
  const under = conditions.under.read(condition);
  const bound = Number((over ?? under)?.bound?.replace(/[,%]/g, ''));
  return rowsBelow(table).filter((row) => {
    if (is !== undefined) return plain(row[columnOf(table, is.column ?? '')] ?? '') === plain(is.text ?? '');
    const value = numberIn(table, row, (over ?? under)?.column);
    return over === undefined ? value < bound : value > bound;
  });
}
