/** @file Makes the table anew, cell by cell, from the lines of the tables named. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { cellText, nameOfRow, quotedNames, rowOf, rowsBelow, titledTable } from '../../solving/report-tables.ts';
import { shownNumber } from '../../solving/tables.ts';
import { whats } from './wordings.ts';

/** Figures have few decimals: what floating point adds to them is cut off. */
const decimals = 6;

type Cells = (string | undefined)[];

/** The table as a line of JSON; undefined where a cell is missing. */
function written(columns: readonly string[], data: readonly Cells[]): string[] | undefined {
  return data.length === 0 || data.flat().includes(undefined) ? undefined : [JSON.stringify({ columns, data })];
}

export function solve({ documents, slots: { what = '' } }: ShownPrompt): string[] | undefined {
  const cell = (
    document: string,
    table: string,
    row: string,
    at: { year?: string; column?: string },
  ): string | undefined => cellText(documents, { document, table, row, ...at });
  const namesOf = (document: string, table: string): string[] => {
    const found = titledTable(documentCalled(documents, document), table);
    return found === undefined ? [] : rowsBelow(found).map(nameOfRow);
  };
  const shared = (a: [string, string], b: [string, string]): string[] => {
    const other = titledTable(documentCalled(documents, b[0]), b[1]);
    return namesOf(...a).filter((name) => other !== undefined && rowOf(other, name) !== undefined);
  };
  const reports = whats.reports.read(what);
  if (reports !== undefined) {
    const [columns, tables, titles] = [reports.columns, reports.tables, reports.titles].map((names) =>
      quotedNames(names ?? ''),
    );
    const { year = '' } = reports;
    const value = (title: string, row: string): string | undefined =>
      tables?.map((table) => cell(title, table, row, { year })).find((text) => text !== undefined);
    return written(
      columns ?? [],
      (titles ?? []).map((title) => [title, ...(columns ?? []).slice(1).map((row) => value(title, row))]),
    );
  }
  const changes = whats.changes.read(what);
  if (changes !== undefined) {
    const { one = '', tables = '', from = '', to = '' } = changes;
    const [table = ''] = quotedNames(tables);
    const rows = namesOf(one, table).map((row) => {
      const [a, b] = [from, to].map((year) => cell(one, table, row, { year }));
      const difference = (shownNumber(b ?? '') ?? Number.NaN) - (shownNumber(a ?? '') ?? Number.NaN);
      return [row, a, b, Number.isFinite(difference) ? String(Number(difference.toFixed(decimals))) : undefined];
    });
    return written(quotedNames(changes.columns ?? ''), rows);
  }
  const years = whats.years.read(what);
  if (years !== undefined) {
    const { one = '', other = '', early = '' } = years;
    const columns = quotedNames(years.columns ?? '');
    const source = (year: string): string => (early.includes(year) ? one : other);
    const lines = quotedNames(years.tables ?? '').flatMap((table) =>
      shared([one, table], [other, table]).map((row) => [
        row,
        ...columns.slice(1).map((year) => cell(source(year), table, row, { year })),
      ]),
    );
    return written(columns, lines);
  }
  const join = whats.join.read(what);
  const columns = quotedNames(join?.columns ?? '');
  const [first = '', second = ''] = quotedNames(join?.tables ?? '');
  const one = join?.one ?? '';
  const lines = shared([one, first], [one, second]).map((row) => [
    row,
    ...columns.slice(1).map((head) => {
      const table = [first, second].find((name) => head.startsWith(`${name}, `) || head.startsWith(`${name}，`));
      if (table !== undefined)
        return cell(one, table, row, { column: head.slice(table.length).replace(/^(?:, |，)/, '') });
      return cell(one, first, row, { column: head }) ?? cell(one, second, row, { column: head });
    }),
  ]);
  return written(columns, lines);
}
