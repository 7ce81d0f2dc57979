/** @file The columns of a table without drawn cells: strips of text that the same gaps part in nearly all rows. */
import { type Chunk, median, type Row } from './shapes.ts';

/** From the leftmost to the rightmost text in it. */
export interface Column {
  readonly x0: number;
  readonly x1: number;
}

/** Rows with at least this share of the most chunks of a row say where the columns are. */
const dense = 0.6;
/** Narrower gaps, in heights of the font, part no columns. */
const leastGap = 0.3;

/** The columns that these rows have; a heading over several columns is not asked. */
export function columnsOf(rows: readonly Row[]): Column[] {
  const most = Math.max(...rows.map(({ chunks }) => chunks.length));
  const asked = rows.filter(({ chunks }) => chunks.length > 1 && chunks.length >= dense * most);
  const size = median(
    rows.map((row) => row.size),
    10,
  );
  const columns: { x0: number; x1: number }[] = [];
  for (const { x0, x1 } of asked.flatMap(({ chunks }) => chunks).sort((a, b) => a.x0 - b.x0)) {
    const last = columns.at(-1);
    if (last !== undefined && x0 - last.x1 < leastGap * size) last.x1 = Math.max(last.x1, x1);
    else columns.push({ x0, x1 });
  }
  return columns;
}

/** Columns that a chunk lies over; the nearest one where it lies over none. */
export function columnsUnder(chunk: Chunk, columns: readonly Column[]): number[] {
  const under = columns.flatMap(({ x0, x1 }, i) =>
    Math.min(x1, chunk.x1) - Math.max(x0, chunk.x0) > 0.3 * chunk.size ? [i] : [],
  );
  if (under.length > 0) return under;
  const middle = (chunk.x0 + chunk.x1) / 2;
  const distances = columns.map(({ x0, x1 }) => Math.max(x0 - middle, middle - x1, 0));
  return [distances.indexOf(Math.min(...distances))];
}
