/**
 * @file Gate g1: how solvers find a table of a report by the words above it, and a cell by the names of its row and column. Lines and bars
 * are all there is to it.
 */
import { documentCalled, type ShownDocument } from '../read-prompt.ts';
import { columnOf, plain, type ShownTable, shownNumber, shownTables } from './tables.ts';

/** A table with the lines between it and the one before. */
interface Titled {
  readonly table: ShownTable;
  readonly above: readonly string[];
}

const known = new WeakMap<ShownDocument, readonly Titled[]>();

/** The tables of a document, each with all lines since the last one, nearest first. */
function titledTables(document: ShownDocument): readonly Titled[] {
  const found = known.get(document);
  if (found !== undefined) return found;
  const lines = document.text.split('\n').map((line) => line.trim());
  let from = 0;
  const titled = shownTables(document).map((table): Titled => {
    const [head = ''] = table.header;
    const second = table.header[1] ?? '';
    const at = lines.findIndex((line, i) => i >= from && isRow(line, head, second));
    const above = lines.slice(from, Math.max(from, at)).filter((line) => line !== '' && !isRuled(line));
    from = Math.max(from, at) + table.rows.length + 1;
    return { table, above: above.toReversed() };
  });
  known.set(document, titled);
  return titled;
}

const isRuled = (line: string): boolean => line.startsWith('|');
const isRow = (line: string, head: string, second: string): boolean =>
  plain(line).startsWith(plain(`${head} ${second}`)) && /\||\t| {2}/.test(line);

/** Letters of a label before a title: `table a`, `表2`, `2 3`. */
const longestLabel = 14;

/** Whether a line is the title of a table: its words, with no more than a label before and a unit behind. */
function isTitle(line: string, name: string): boolean {
  const [said, wanted] = [plain(line), plain(name)];
  if (said.length > wanted.length + 80) return false;
  const at = ` ${said}`.indexOf(` ${wanted}`);
  return at >= 0 && at <= longestLabel && (at === 0 || label.test(said.slice(0, at)));
}

const label =
  /^(?:(?:table|tab|schedule|exhibit|annex|appendix|note|section)\b.*|附?表.*|第[\d一二三四五六七八九十]+[章节部分篇编]+ ?.*|[\divx一二三四五六七八九十 ]+)$/;

/** The table of a name: the one whose nearest title has it; undefined where none or several have. */
export function titledTable(document: ShownDocument | undefined, name: string): ShownTable | undefined {
  if (document === undefined) return undefined;
  const found = titledTables(document).filter(({ above }) => above.some((line) => isTitle(line, name)));
  return found.length === 1 ? found[0]?.table : undefined;
}

/** The row of a name: the first cells that hold words are looked at. */
export const rowOf = ({ rows }: ShownTable, name: string): readonly string[] | undefined => {
  const found = rows.filter((row) => row.slice(0, 2).some((cell) => plain(cell) === plain(name)));
  const called = found.length > 0 ? found : rows.filter((row) => plain(unsigned(nameOfRow(row))) === plain(name));
  return called.length === 1 ? called[0] : undefined;
};

/** A name without the `减：` or `Less:` of an account. */
export const unsigned = (name: string): string => name.replace(/^(?:减|加|less|add)\s*[:：]\s*/i, '');

/** Name of a row: its first cell with letters. */
export const nameOfRow = (row: readonly string[]): string => row.find((cell) => /\p{L}/u.test(cell)) ?? '';

const sums = /\btotals?\b|\ball\b|\boverall\b|合计|总计|小计|共计|总额|全[部州市省国县区]/i;

/** The rows that no total is. */
export const rowsBelow = ({ rows }: ShownTable): readonly (readonly string[])[] =>
  rows.filter((row) => !sums.test(nameOfRow(row)));

const planned = /target|budget|plan|forecast|estimate|目标|预算|计划|预测/i;

/** The only column whose heading names a year and nothing that is planned; of several the one that says no more than the year. */
export function yearColumn({ header }: ShownTable, year: string): number {
  const found = header.flatMap((head, i) => (head.includes(year) && !planned.test(head) ? [i] : []));
  const bare = found.filter((i) =>
    /^(?:fy ?)?\d{4}(?: \d\d(?:\d\d)?)? ?(?:年末?)? ?(?:restated|revised|重述)?$/.test(plain(header[i] ?? '')),
  );
  const [only, ...others] = found.length > 1 ? bare : found;
  return only === undefined || others.length > 0 ? -1 : only;
}

/** Where a cell is looked for; the column by its heading or by its year. */
export interface CellAt {
  readonly document: string;
  readonly table: string;
  readonly row: string;
  readonly column?: string;
  readonly year?: string;
}

/** The text of a cell. */
export function cellText(documents: readonly ShownDocument[], at: CellAt): string | undefined {
  const table = titledTable(documentCalled(documents, at.document), at.table);
  if (table === undefined) return undefined;
  const column = at.column === undefined ? yearColumn(table, at.year ?? '?') : columnOf(table, at.column);
  return column < 0 ? undefined : rowOf(table, at.row)?.[column];
}

/** Its number; NaN where there is none, so that a sum with it is none. */
export const cellNumber = (documents: readonly ShownDocument[], at: CellAt): number =>
  shownNumber(cellText(documents, at) ?? '') ?? Number.NaN;

/** The names in a list of quoted ones. */
export const quotedNames = (text: string): string[] =>
  [...text.matchAll(/“([^”]+)”|《([^》]+)》/g)].map(([, name, title = '']) => name ?? title);
