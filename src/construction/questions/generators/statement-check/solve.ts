/** @file Reckons the growths of each statement from the lines of the tables. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { cellNumber } from '../../solving/report-tables.ts';
import { scopes, statements } from './wordings.ts';

export function solve({ documents, slots: { scope = '', options } }: ShownPrompt): string[] | undefined {
  const rows = scopes.rows.read(scope);
  const { from = '', to = '' } = rows ?? scopes.reports.read(scope) ?? {};
  const grew = (document = '', table = '', row = ''): number =>
    cellNumber(documents, { document, table, row, year: to }) /
    cellNumber(documents, { document, table, row, year: from });
  const judged = shownOptions(options).map(({ letter, text }) => {
    const own = rows === undefined ? undefined : statements.rows.read(text);
    const over = statements.reports.read(text);
    const [a, b] =
      own === undefined
        ? [grew(over?.one, over?.table, over?.row), grew(over?.other, over?.table, over?.row)]
        : [grew(rows?.document, own.table, own.one), grew(rows?.document, own.table, own.other)];
    return { letter, known: Number.isFinite(a) && Number.isFinite(b), holds: a > b };
  });
  const right = judged.filter(({ holds }) => holds);
  return right.length === 1 && judged.every(({ known }) => known) ? right.map(({ letter }) => letter) : undefined;
}
