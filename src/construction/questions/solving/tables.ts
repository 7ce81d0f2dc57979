/**
 * @file Gate g1: how solvers read tables and fields in a prompt. Bars, tabs and wide gaps are all there is to it; the parser of the corpus,
 * with its captions, spans and types, is not asked.
 */
import { remembered } from '../../../remembered.ts';
import type { ShownDocument } from '../read-prompt.ts';

/** A table as its lines show it. */
export interface ShownTable {
  readonly document: ShownDocument;
  /** The last few lines before it that are not empty, nearest first. */
  readonly before: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ruled = /^[\s|:+=-]+$/;

/** Marks of emphasis and escaping around a cell. */
const bare = (cell: string): string =>
  cell
    .trim()
    .replace(/\\([|*_`])/g, '$1')
    .replace(/^(\*\*|__|`)(.+)\1$/, '$2')
    .trim();

function cut(line: string): string[] {
  if (line.includes('|'))
    return line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map(bare);
  if (/\S(?:\t| {2,})\S/.test(line.trim()))
    return line
      .trim()
      .split(/\t+| {2,}/)
      .map(bare);
  return [];
}

/** Runs of lines with as many cells, the first of which is the heading. */
export function shownTables(document: ShownDocument): ShownTable[] {
  const tables: ShownTable[] = [];
  let before: string[] = [];
  let run: string[][] = [];
  const close = (): void => {
    const [header, ...rows] = run;
    if (header !== undefined && rows.length > 0) tables.push({ document, before: before.slice(0, 4), header, rows });
    if (run.length > 0) before = [];
    run = [];
  };
  for (const line of document.text.split('\n')) {
    if (ruled.test(line) && /[-=]/.test(line)) continue;
    const cells = cut(line);
    if (cells.length < 2 || (run[0] !== undefined && run[0].length !== cells.length)) close();
    if (cells.length >= 2) run.push(cells);
    else if (line.trim() !== '') before = [line.trim(), ...before].slice(0, 6);
  }
  close();
  return tables;
}

/** Letters and digits in lower case: how names of tables and columns are compared. */
export const plain = remembered((text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%$€£¥]+/gu, ' ')
    .trim(),
);

/** `(1,204)` is -1204, `12.5%` is 12.5; undefined where there is no number. */
export function shownNumber(cell: string): number | undefined {
  const match =
    /^[^\d(−-]{0,4}(\()?\s*([-−]?)\s*[^\d(]{0,3}(\d[\d,\s]*(?:\.\d+)?)(?:\s*(thousand|million|billion|trillion|万|亿))?/.exec(
      cell.trim(),
    );
  if (match === null) return undefined;
  const scale: Readonly<Record<string, number>> = {
    thousand: 1e3,
    million: 1e6,
    billion: 1e9,
    trillion: 1e12,
    万: 1e4,
    亿: 1e8,
  };
  const size = Number((match[3] ?? '').replace(/[,\s]/g, '')) * (scale[match[4] ?? ''] ?? 1);
  return match[1] === '(' || match[2] !== '' ? -size : size;
}

/** Lines that sum up others or head a group, by their words. */
const sums = /^(?:grand |sub-?)?total\b|^sum\b|^all\b|^overall\b|^合计|^总计|^小计|^共计/i;

/** The rows of data: those with a name that are no totals and fill more than the name. */
export const dataRows = ({ rows }: ShownTable): readonly (readonly string[])[] =>
  rows.filter((row) => !sums.test(row[0] ?? '') && row.slice(1).some((cell) => cell !== ''));

/** The table of a document that has all the columns, and the name above it or in its section; undefined where several have. */
export function tableWith(
  documents: readonly ShownDocument[],
  columns: readonly string[],
  name?: string,
): ShownTable | undefined {
  const wanted = columns.map(plain);
  const fitting = documents.flatMap(shownTables).filter(({ header }) => {
    const heads = header.map(plain);
    return wanted.every((column) => heads.includes(column));
  });
  if (fitting.length <= 1 || name === undefined) return fitting.length === 1 ? fitting[0] : undefined;
  const named = plain(name);
  const near = fitting.filter(
    ({ before, document }) => before.some((line) => plain(line).includes(named)) || plain(document.title) === named,
  );
  if (near.length === 1) return near[0];
  // The name is that of the section: the last heading above the table has it.
  const under = fitting.filter(({ document, header }) => {
    const at = document.text.indexOf(header[0] ?? '');
    const heads = document.text
      .slice(0, Math.max(0, at))
      .split('\n')
      .filter((line) => plain(line) === named);
    return heads.length > 0;
  });
  return under.length === 1 ? under[0] : undefined;
}

/** Number of a column by its heading. */
export const columnOf = ({ header }: ShownTable, name: string): number =>
  header.findIndex((head) => plain(head) === plain(name));

/** Value of a field of a document: what stands behind `Label: ` at the start of a line; undefined where no line or several do. */
export function fieldOf(document: ShownDocument, name: string): string | undefined {
  const label = name.replace(/^(.+?) \((.+)\)$/, '$1 - $2');
  const lines = document.text
    .split('\n')
    .filter((line) => line.startsWith(`${label}: `) || line.startsWith(`${name}: `));
  return lines.length === 1 ? lines[0]?.slice((lines[0]?.indexOf(': ') ?? 0) + 2).trim() : undefined;
}
