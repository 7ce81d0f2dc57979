/** @file Reckons the growths of each statement from the lines of the tables. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { linesWith, numberIn, tableAt } from '../../solving/filters.ts';
import { shownOptions } from '../../solving/options.ts';
import { cellNumber, nameOfRow } from '../../solving/report-tables.ts';
import { plain } from '../../solving/tables.ts';
import { scopes, statements } from './wordings.ts';

/** Which option names the line that leads those with its condition. */
function ofOneTable({ documents, slots: { options } }: ShownPrompt, where: string): string[] | undefined {
  const table = tableAt(documents, where);
  if (table === undefined) return undefined;
  const judged = shownOptions(options).map(({ letter, text }) => {
    const { condition = '', row = '', column } = statements.leads.read(text) ?? {};
    const order = linesWith(table, condition)
      .filter((line) => Number.isFinite(numberIn(table, line, column)))
      .toSorted((a, b) => numberIn(table, b, column) - numberIn(table, a, column));
    return { letter, holds: plain(nameOfRow(order[0] ?? [])) === plain(row) };
  });
  const right = judged.filter(({ holds }) => holds);
  return right.length === 1 ? right.map(({ letter }) => letter) : undefined;
}

export function solve(shown: ShownPrompt): string[] | undefined {
  const { documents, slots } = shown;
  const { scope = '', options } = slots;
  const leads = scopes.leads.read(scope);
  if (leads !== undefined) return ofOneTable(shown, leads.where ?? '');
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
