/** @file Reads the figures of all rows that are named, narrows both bounds down, and tries them on the options. */
import type { ShownPrompt } from '../../read-prompt.ts';
import { shownOptions } from '../../solving/options.ts';
import { nameOfRow, quotedNames } from '../../solving/report-tables.ts';
import { columnOf, fieldOf, plain, shownNumber, tableWith } from '../../solving/tables.ts';
import { bounds, subjects } from './wordings.ts';

type Read = (name: string, column: string) => number;

/** How a figure is found: by document and field, or by row and column. */
function reader({ documents, slots: { subject = '' } }: ShownPrompt, columns: readonly string[]): Read | undefined {
  const rows = subjects.rows.read(subject);
  if (rows === undefined)
    return (name, column) => {
      const found = documents.filter(({ title }) => title === name);
      return found[0] === undefined ? Number.NaN : (shownNumber(fieldOf(found[0], column) ?? '') ?? Number.NaN);
    };
  const own = documents.filter(({ title }) => title === rows.document);
  const table = tableWith(own, columns, rows.table);
  if (table === undefined) return undefined;
  return (name, column) => {
    const found = table.rows.filter((row) => plain(nameOfRow(row)) === plain(name));
    const cell = found.length === 1 ? found[0]?.[columnOf(table, column)] : undefined;
    return shownNumber(cell ?? '') ?? Number.NaN;
  };
}

export function solve(shown: ShownPrompt): string[] | undefined {
  const { one = '', other = '', kept = '', dropped = '', options } = shown.slots;
  const rules = [one, other].map((said) => {
    const most = bounds.most.read(said);
    return { sign: most === undefined ? 1 : -1, column: (most ?? bounds.least.read(said))?.column ?? '' };
  });
  const read = reader(
    shown,
    rules.map(({ column }) => column),
  );
  if (read === undefined) return undefined;
  const at = (name: string): number[] => rules.map(({ sign, column }) => sign * read(name, column));
  const [passed, failed] = [quotedNames(kept).map(at), quotedNames(dropped).map(at)];
  const all = [...passed, ...failed, ...shownOptions(options).map(({ text }) => at(text))];
  if (all.flat().some((value) => !Number.isFinite(value))) return undefined;
  // The bound lies at or below `sure`, and above `out`.
  const sure = rules.map((_, i) => Math.min(...passed.map((values) => values[i] ?? 0)));
  const out = rules.map((_, i) =>
    Math.max(
      ...failed.flatMap((values) =>
        (values[1 - i] ?? 0) >= (sure[1 - i] ?? 0) ? [values[i] ?? 0] : [Number.NEGATIVE_INFINITY],
      ),
    ),
  );
  const status = shownOptions(options).map(({ letter, text }) => {
    const values = at(text);
    const isIn = values.every((value, i) => value >= (sure[i] ?? 0));
    return { letter, isIn, known: isIn || values.some((value, i) => value <= (out[i] ?? 0)) };
  });
  const right = status.filter(({ isIn }) => isIn);
  return right.length === 1 && status.every(({ known }) => known) ? right.map(({ letter }) => letter) : undefined;
}
