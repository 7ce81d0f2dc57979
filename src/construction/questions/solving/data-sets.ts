/** @file Gate g1: how solvers read data sets: the longest table of a document, by its lines. */
import { conditions } from '../data-words.ts';
import { documentCalled, type ShownDocument } from '../read-prompt.ts';
import { columnOf, type ShownTable, shownNumber, shownTables } from './tables.ts';

/** The table with most rows of a document; undefined where there is none. */
export function longestTable(documents: readonly ShownDocument[], title: string): ShownTable | undefined {
  const document = documentCalled(documents, title);
  const tables = document === undefined ? [] : shownTables(document);
  return [...tables].sort((a, b) => b.rows.length - a.rows.length)[0];
}

/** The rows that meet what `conditions` say; undefined where a column is missing. */
export function rowsMeeting(table: ShownTable, said: string): (readonly string[])[] | undefined {
  const { column = '', value, other, second } = conditions.two.read(said) ?? conditions.one.read(said) ?? {};
  const [a, b] = [columnOf(table, column), other === undefined ? -1 : columnOf(table, other)];
  if (a < 0 || (other !== undefined && b < 0)) return undefined;
  return table.rows.filter((row) => row[a] === value && (other === undefined || row[b] === second));
}

/** The mean of the numbers in a column; NaN where there is none. */
export function meanIn(table: ShownTable, rows: readonly (readonly string[])[], header: string): number {
  const at = columnOf(table, header);
  const numbers = rows.flatMap((row) => (/\d/.test(row[at] ?? '') ? (shownNumber(row[at] ?? '') ?? []) : []));
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The values of a column in the order of the table, without what states nothing. */
export function valuesIn(table: ShownTable, header: string): string[] {
  const at = columnOf(table, header);
  return [...new Set(table.rows.map((row) => row[at] ?? ''))].filter(
    (value) => !/^(?:NA|N\/A|null|none|nan|-+|\?+)?$/i.test(value),
  );
}
