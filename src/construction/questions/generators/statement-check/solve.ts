/** @file Reckons the growths of each statement from the lines of the tables, or sorts them. */
import { documentCalled, type ShownDocument, type ShownPrompt } from '../../read-prompt.ts';
import { columnSaid, extremeRead, tableAt } from '../../solving/filters.ts';
import { shownOptions } from '../../solving/options.ts';
import { cellNumber, nameOfRow, rowsBelow, titledTable } from '../../solving/report-tables.ts';
import { plain, shownNumber } from '../../solving/tables.ts';
import { aside, leads, leadsAlone, reportMoves, rowMoves, scopes } from './wordings.ts';

const kinds = ['turn', 'rise', 'fall'] as const;

/** Whether a row moved as told beside another, by what each became of what it was; undefined where a figure is missing. */
function moved(kind: (typeof kinds)[number], a: number, b: number): boolean | undefined {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  if (kind === 'turn') return a > 1 && b < 1;
  return kind === 'rise' ? a > b && b > 1 : a < b && b < 1;
}

type Slots = Readonly<Record<string, string>>;

/** Whether a statement on two growths holds. */
function movesHold(documents: readonly ShownDocument[], scope: Slots, text: string): boolean | undefined {
  const grew = (document = '', table = '', row = ''): number => {
    const [a, b] = [scope.to, scope.from].map((year) => cellNumber(documents, { document, table, row, year }));
    return (a ?? Number.NaN) / (b ?? Number.NaN);
  };
  for (const kind of kinds) {
    const own = rowMoves[kind].read(text);
    if (own !== undefined)
      return moved(kind, grew(scope.document, own.table, own.one), grew(scope.document, own.table, own.other));
    const over = reportMoves[kind].read(text);
    if (over !== undefined)
      return moved(kind, grew(over.one, over.table, over.row), grew(over.other, over.table, over.row));
  }
  return undefined;
}

/** Whether a statement on a first or last row holds. */
function leadHolds(documents: readonly ShownDocument[], scope: string, text: string): boolean | undefined {
  const { table: name, row = '', extreme = '' } = leads.read(text) ?? leadsAlone.read(text) ?? {};
  const { document = '' } = scopes.leads.read(scope) ?? {};
  const { figure = '', isLow = false } = extremeRead(extreme) ?? {};
  const table = name === undefined ? tableAt(documents, scope) : titledTable(documentCalled(documents, document), name);
  const column = table === undefined ? -1 : columnSaid(table, figure);
  if (table === undefined || column < 0) return undefined;
  const order = rowsBelow(table)
    .map((line) => ({ name: nameOfRow(line), value: shownNumber(line[column] ?? '') ?? Number.NaN }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value);
  const first = isLow ? order.at(-1) : order[0];
  return first === undefined ? undefined : plain(first.name) === plain(row);
}

export function solve({ documents, slots: { scope = '', options } }: ShownPrompt): string[] | undefined {
  const about = aside.read(scope)?.scope ?? scope;
  const moves = scopes.rows.read(about) ?? scopes.reports.read(about);
  const judged = shownOptions(options).map(({ letter, text }) => ({
    letter,
    holds: moves === undefined ? leadHolds(documents, about, text) : movesHold(documents, moves, text),
  }));
  const right = judged.filter(({ holds }) => holds);
  const known = judged.every(({ holds }) => holds !== undefined);
  return right.length === 1 && known ? right.map(({ letter }) => letter) : undefined;
}
