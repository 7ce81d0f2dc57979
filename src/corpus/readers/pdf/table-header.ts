/**
 * @file The heading of a table without drawn cells: which rows it has, and which columns a heading over several of them stands for. Such a
 * heading is centred over its columns or a line is drawn under it as wide as they are.
 */
import { joinHeader } from '../../tables/render-table.ts';
import type { Chunk, Row, Rule } from './shapes.ts';
import { isNumeric } from './table-cells.ts';
import { type Column, columnsUnder } from './table-columns.ts';

const isYear = (text: string): boolean => /^(?:19|20)\d\d[a-z*]?$/.test(text);

/** Lines drawn across at least half of a table part its heading from its body. */
const across = 0.5;

/** Rows above the first line that is drawn below the first row; undefined without one. */
function rowsAboveRule(rows: readonly Row[], rules: readonly Rule[], width: number): number | undefined {
  const ys = rules.filter(({ x0, x1 }) => x1 - x0 >= across * width).map(({ y0 }) => y0);
  const first = rows.findIndex(
    ({ y }, i) => i + 1 < rows.length && ys.some((place) => place > y && place < (rows[i + 1]?.y ?? 0)),
  );
  return first < 0 || first + 1 > Math.max(1, rows.length / 2) || first > 5 ? undefined : first + 1;
}

/** True when a row's figures are years and the next row's are not. */
function isYears(row: Row, next: Row | undefined): boolean {
  const figures = row.chunks.filter(({ text }) => isNumeric(text));
  const below = next?.chunks.filter(({ text }) => isNumeric(text)) ?? [];
  return figures.length > 0 && figures.every(({ text }) => isYear(text)) && below.some(({ text }) => !isYear(text));
}

/** Number of rows of the heading. `numeric` says which columns hold figures. */
export function headerSize(
  rows: readonly Row[],
  columns: readonly Column[],
  numeric: readonly boolean[],
  rules: readonly Rule[],
): number {
  const width = (columns.at(-1)?.x1 ?? 0) - (columns[0]?.x0 ?? 0);
  const ruled = rowsAboveRule(rows, rules, width);
  if (ruled !== undefined) return ruled;
  if (!numeric.some((is) => is)) return 1;
  const figures = rows.findIndex((row, i) => {
    const found = row.chunks.filter((chunk) => isNumeric(chunk.text) && numeric[columnsUnder(chunk, columns)[0] ?? 0]);
    return found.length > 0 && !isYears(row, rows[i + 1]);
  });
  // A label of a group of rows stands above the first figures and in the first column only.
  let size = Math.max(0, figures);
  while (
    size > 1 &&
    rows[size - 1]?.chunks.length === 1 &&
    columnsUnder(rows[size - 1]?.chunks[0] as Chunk, columns)[0] === 0
  )
    size--;
  return size > 6 ? 0 : size;
}

/** The columns that the line under a heading is as wide as. */
function ruledSpan(chunk: Chunk, columns: readonly Column[], rules: readonly Rule[]): number[] | undefined {
  const under = rules.find(
    ({ x0, x1, y0 }) => y0 > chunk.y && y0 - chunk.y < 1.2 * chunk.size && x0 <= chunk.x0 + 1 && x1 >= chunk.x1 - 1,
  );
  if (under === undefined) return undefined;
  const span = columns.flatMap(({ x0, x1 }, i) => ((x0 + x1) / 2 > under.x0 && (x0 + x1) / 2 < under.x1 ? [i] : []));
  return span.length > 1 && span.length < columns.length ? span : undefined;
}

/** The columns between the upright lines on both sides of a heading. */
function framedSpan(chunk: Chunk, columns: readonly Column[], rules: readonly Rule[]): number[] | undefined {
  const middle = (chunk.x0 + chunk.x1) / 2;
  const beside = rules.filter(({ x0, x1, y0, y1 }) => x0 === x1 && y0 <= chunk.y && y1 >= chunk.y - 0.6 * chunk.size);
  if (beside.length === 0) return undefined;
  const left = Math.max(...beside.map(({ x0 }) => x0).filter((x) => x <= middle), columns[0]?.x1 ?? 0);
  const right = Math.min(...beside.map(({ x0 }) => x0).filter((x) => x > middle), Number.POSITIVE_INFINITY);
  const span = columns.flatMap(({ x0, x1 }, i) => ((x0 + x1) / 2 > left && (x0 + x1) / 2 < right ? [i] : []));
  return span.length > 1 ? span : undefined;
}

/** Grows the columns under a heading on both sides while it stays in their middle. */
function centredSpan(chunk: Chunk, columns: readonly Column[], taken: ReadonlySet<number>): number[] {
  const under = columnsUnder(chunk, columns);
  let [first, last] = [under[0] ?? 0, under.at(-1) ?? 0];
  const middle = (chunk.x0 + chunk.x1) / 2;
  for (let [a, b] = [first, last]; ; ) {
    // The side that is nearer to the middle grows first.
    const [left, right] = [middle - (columns[a]?.x0 ?? 0), (columns[b]?.x1 ?? 0) - middle];
    if (left <= right) a--;
    else b++;
    if (a < 1 || b >= columns.length || taken.has(a) || taken.has(b)) break;
    const centre = ((columns[a]?.x0 ?? 0) + (columns[b]?.x1 ?? 0)) / 2;
    if (Math.abs(centre - middle) < 0.8 * chunk.size) [first, last] = [a, b];
  }
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Headings over equal shares of the columns but the first, each standing over its own. */
function equalSpans({ chunks }: Row, columns: readonly Column[]): number[][] | undefined {
  const share = (columns.length - 1) / chunks.length;
  if (chunks.length < 2 || share < 2 || !Number.isInteger(share)) return undefined;
  const spans = chunks.map((_, k) => Array.from({ length: share }, (_, i) => 1 + k * share + i));
  const fit = chunks.every(({ x0, x1 }, k) => {
    const [left, right] = [columns[spans[k]?.[0] ?? 0]?.x0 ?? 0, columns[spans[k]?.at(-1) ?? 0]?.x1 ?? 0];
    return Math.abs((x0 + x1) / 2 - (left + right) / 2) < 0.3 * (right - left) && x1 > left && x0 < right;
  });
  return fit ? spans : undefined;
}

/** The columns of each heading of a row. Centred ones count only where together they stand over all columns but the first. */
function spansOf(row: Row, columns: readonly Column[], rules: readonly Rule[], outer: boolean): number[][] {
  const under = row.chunks.map((chunk) => columnsUnder(chunk, columns));
  const ruled = row.chunks.map((chunk, i) => {
    const framed = outer ? framedSpan(chunk, columns, rules) : undefined;
    const alone =
      framed !== undefined && !under.some((own, k) => k !== i && own.some((column) => framed.includes(column)));
    return ruledSpan(chunk, columns, rules) ?? (alone ? framed : undefined);
  });
  if (!outer || ruled.some((span) => span !== undefined)) return under.map((own, i) => ruled[i] ?? own);
  const spans = row.chunks.map((chunk, i) =>
    centredSpan(chunk, columns, new Set(under.flatMap((own, k) => (k === i ? [] : own)))),
  );
  const over = new Set(spans.flat());
  const all = columns.every((_, i) => i === 0 || over.has(i));
  return all && over.size === spans.flat().length ? spans : (equalSpans(row, columns) ?? under);
}

/** One heading a column, outer ones first; lines of one heading are joined. */
export function headerOf(rows: readonly Row[], columns: readonly Column[], rules: readonly Rule[]): string[] {
  const outer = columns.map((): string[] => []);
  const own = columns.map(() => '');
  for (const [i, row] of rows.entries()) {
    const below = rows.slice(i + 1).some(({ chunks }) => chunks.length > row.chunks.length);
    for (const [k, span] of spansOf(row, columns, rules, below).entries())
      for (const column of span) {
        const text = row.chunks[k]?.text ?? '';
        if (span.length > 1) outer[column]?.push(text);
        else own[column] = `${own[column]} ${text}`.trim();
      }
  }
  return columns.map((_, i) => joinHeader([...(outer[i] ?? []), own[i] ?? '']));
}
