/**
 * @file Gate g1: how solvers read tables and fields in a prompt. Bars, tabs and wide gaps are all there is to it; the parser of the corpus,
 * with its captions, spans and types, is not asked.
 */
import { remembered } from '../../../remembered.ts';
import type { ShownDocument } from '../read-prompt.ts';

/** A table as its lines show it. */
export interface ShownTable {
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
export function shownTables({ text }: ShownDocument): ShownTable[] {
  const tables: ShownTable[] = [];
  let run: string[][] = [];
  const close = (): void => {
    const [header, ...rows] = run;
    if (header !== undefined && rows.length > 0) tables.push({ header, rows });
    run = [];
  };
  for (const line of text.split('\n')) {
    if (ruled.test(line) && /[-=]/.test(line)) continue;
    const cells = cut(line);
    if (cells.length < 2 || (run[0] !== undefined && run[0].length !== cells.length)) close();
    if (cells.length >= 2) run.push(cells);
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
