/** @file Compares the lines of the tables of both reports and takes the greatest change. */
import { documentCalled, type ShownPrompt } from '../../read-prompt.ts';
import { cellNumber, nameOfRow, quotedNames, rowsBelow, titledTable } from '../../solving/report-tables.ts';

/** Figures have few decimals: what floating point adds to them is cut off. */
const decimals = 6;

export function solve({
  documents,
  slots: { year = '', tables = '', one = '', other = '' },
}: ShownPrompt): string[] | undefined {
  const changes = quotedNames(tables).flatMap((table) => {
    const older = titledTable(documentCalled(documents, one), table);
    return (older === undefined ? [] : rowsBelow(older)).map((row) => {
      const [a, b] = [one, other].map((document) =>
        cellNumber(documents, { document, table, row: nameOfRow(row), year }),
      );
      return (b ?? Number.NaN) - (a ?? Number.NaN);
    });
  });
  const known = changes.filter(Number.isFinite).sort((a, b) => Math.abs(b) - Math.abs(a));
  return known[0] === undefined || known[0] === 0 ? undefined : [String(Number(known[0].toFixed(decimals)))];
}
