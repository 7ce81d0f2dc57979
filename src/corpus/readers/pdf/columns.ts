/**
 * @file The order in which a page is read. A gutter is an upright strip without text that has columns of prose on both sides of it; what
 * crosses it (a title, a wide figure's caption) ends it. The page is cut above, left, right and below of the best gutter, and each part
 * again. Columns of short pieces are a table and stay together.
 */
import { groupRows } from './rows.ts';
import { type Chunk, median, type Row } from './shapes.ts';

/** Cuts within cuts: three columns under a title need three. */
const mostCuts = 8;
/** Rows that a column needs. */
const leastRows = 4;
/** A page with more rows is no page of text. */
const mostRows = 2000;
/** Width of one step of the search, in points. */
const step = 2;
/** Narrower strips, in heights of the font, are no gutters. */
const leastGutter = 0.75;

/** A strip without text over some of the rows of a region, `from` to `to` inclusive. */
interface Gutter {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** Steps that a row's text covers. */
function covered(row: Row, left: number, steps: number): Uint8Array {
  const marks = new Uint8Array(steps);
  for (const { x0, x1 } of row.chunks) {
    const last = Math.min(steps - 1, Math.floor((x1 - left) / step));
    for (let i = Math.max(0, Math.floor((x0 - left) / step)); i <= last; i++) marks[i] = 1;
  }
  return marks;
}

/** Gaps between words of one line are narrower than this, in heights of the font. */
const lineGap = 1.4;

/** The lines that the chunks of one side of a row make. */
function linesOn(row: Row, side: (chunk: Chunk) => boolean): { x0: number; x1: number }[] {
  const lines: { x0: number; x1: number }[] = [];
  for (const chunk of row.chunks.filter(side)) {
    const last = lines.at(-1);
    if (last !== undefined && chunk.x0 - last.x1 < lineGap * chunk.size) last.x1 = Math.max(last.x1, chunk.x1);
    else lines.push({ x0: chunk.x0, x1: chunk.x1 });
  }
  return lines;
}

/** Letters of a line of prose, at the least. */
const leastLetters = 14;
/** Share of a column's width that its median line fills, and share of the lines that nearly fill it. */
const fill = { median: 0.55, nearly: 0.8, share: 0.4 };

/** Lines of one column begin within this, in heights of the font. */
const farthestIndent = 6;

/** True when the column next to a gutter reads as lines of prose. */
function isProse(rows: readonly Row[], side: (chunk: Chunk) => boolean, nearest: 0 | -1): boolean {
  const all = rows.flatMap((row) => linesOn(row, side).at(nearest) ?? []);
  // Where the nearest column is empty, a farther one stands next to the gutter.
  const start = median(all.map(({ x0 }) => x0));
  const height = median(rows.map(({ size }) => size));
  const lines = all.filter(({ x0 }) => Math.abs(x0 - start) < farthestIndent * height);
  if (lines.length < leastRows) return false;
  const width = Math.max(...lines.map(({ x1 }) => x1)) - Math.min(...lines.map(({ x0 }) => x0));
  const widths = lines.map(({ x0, x1 }) => x1 - x0);
  const full = widths.filter((each) => each >= fill.nearly * width).length;
  // The width of a line says how many letters it has, whatever the script.
  const letters = (median(widths) / height) * 2;
  return median(widths) >= fill.median * width && full >= fill.share * lines.length && letters >= leastLetters;
}

/** Of each row, the right edge of its first chunk and the left edge of its last. */
interface Ends {
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** The longest run of rows that leave step `i` free and have text on both sides of it. */
function freeRun(
  marks: readonly Uint8Array[],
  ends: Ends,
  i: number,
  x: number,
): { from: number; to: number; score: number } {
  let best = { from: 0, to: -1, score: 0 };
  for (let from = 0; from < marks.length; ) {
    let to = from;
    let [left, right] = [0, 0];
    for (; to < marks.length && marks[to]?.[i] === 0; to++) {
      if ((ends.first[to] ?? Number.POSITIVE_INFINITY) <= x) left++;
      if ((ends.last[to] ?? 0) >= x) right++;
    }
    const score = Math.min(left, right);
    if (score > best.score) best = { from, to: to - 1, score };
    from = Math.max(to, from) + 1;
  }
  return best;
}

/** The best gutter of a region, if it has one. */
function gutterOf(rows: readonly Row[]): Gutter | undefined {
  const left = Math.min(...rows.map(({ chunks }) => chunks[0]?.x0 ?? 0));
  const right = Math.max(...rows.map(({ chunks }) => chunks.at(-1)?.x1 ?? 0));
  const steps = Math.min(2000, Math.ceil((right - left) / step));
  if (!(steps > 20)) return undefined;
  const marks = rows.map((row) => covered(row, left, steps));
  const ends = {
    first: rows.map(({ chunks }) => chunks[0]?.x1 ?? 0),
    last: rows.map(({ chunks }) => chunks.at(-1)?.x0 ?? 0),
  };
  const runs = Array.from({ length: steps }, (_, i) => freeRun(marks, ends, i, left + i * step));
  const size = median(rows.map((row) => row.size));
  let best: (Gutter & { score: number }) | undefined;
  for (let i = 1; i < steps; ) {
    let j = i;
    const run = runs[i];
    while (j + 1 < steps && runs[j + 1]?.from === run?.from && runs[j + 1]?.to === run?.to) j++;
    const width = (j - i + 1) * step;
    if (run !== undefined && run.score >= leastRows && width >= leastGutter * size && run.score > (best?.score ?? 0)) {
      const gutter = { x: left + ((i + j + 1) / 2) * step, from: run.from, to: run.to, width, score: run.score };
      const inside = rows.slice(run.from, run.to + 1);
      if (isProse(inside, ({ x1 }) => x1 <= gutter.x, -1) && isProse(inside, ({ x0 }) => x0 >= gutter.x, 0))
        best = gutter;
    }
    i = j + 1;
  }
  return best;
}

/** Rows at the end of a gutter's run that have only a left side and stand apart belong below both columns. */
function trimmed(rows: readonly Row[], { x, from, to, width }: Gutter): Gutter {
  let end = to;
  for (let i = to; i > from; i--) {
    const [row, above] = [rows[i], rows[i - 1]];
    if (row === undefined || above === undefined || (row.chunks.at(-1)?.x1 ?? 0) > x) break;
    if (row.y - above.y > 2.2 * row.size) end = i - 1;
  }
  return { x, from, to: end, width };
}

/** Regions of a page in the order of reading, each one column. */
export function readingOrder(chunks: readonly Chunk[], cuts = 0): Row[][] {
  const rows = groupRows(chunks);
  const found = cuts < mostCuts && rows.length >= leastRows && rows.length <= mostRows ? gutterOf(rows) : undefined;
  if (found === undefined) return rows.length === 0 ? [] : [rows];
  const { x, from, to } = trimmed(rows, found);
  const flat = (part: readonly Row[]): Chunk[] => part.flatMap((row) => row.chunks);
  const inside = flat(rows.slice(from, to + 1));
  return [
    flat(rows.slice(0, from)),
    inside.filter((chunk) => chunk.x1 <= x),
    inside.filter((chunk) => chunk.x1 > x),
    flat(rows.slice(to + 1)),
  ].flatMap((part) => readingOrder(part, cuts + 1));
}
