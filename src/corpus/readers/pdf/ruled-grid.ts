/**
 * @file Tables whose cells are drawn: upright and level lines that meet. A cell reaches from line to line around its text, so that a cell
 * over several rows or columns is found as such and its text stands in each of them.
 */

import type { Vocabulary } from './join-text.ts';
import { type Chunk, count, type Grid, type Omitted, type Page, type Row, type Rule } from './shapes.ts';
import { isNumeric, joinCell } from './table-cells.ts';

/** Lines this near, in points, are one. */
const same = 3;
/** More lines than this are a drawing; of one frame, and of a page. */
const mostRules = 1600;
const mostPageRules = 2000;
/** Places for cells that a frame may have, and times that its text may be repeated in them. */
const mostPlaces = 20_000;
const mostRepeated = 8;

/** Places of lines, each once, in order. */
function placesOf(values: readonly number[]): number[] {
  const places: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (value - (places.at(-1) ?? Number.NEGATIVE_INFINITY) > same) places.push(value);
  return places;
}

const isLevel = (rule: Rule): boolean => rule.y0 === rule.y1;
const meets = (a: Rule, b: Rule): boolean =>
  a.x0 <= b.x1 + same && b.x0 <= a.x1 + same && a.y0 <= b.y1 + same && b.y0 <= a.y1 + same;

/** From the outermost ends of lines. */
const boxOf = (all: readonly Rule[]): Rule => ({
  x0: Math.min(...all.map(({ x0 }) => x0)),
  x1: Math.max(...all.map(({ x1 }) => x1)),
  y0: Math.min(...all.map(({ y0 }) => y0)),
  y1: Math.max(...all.map(({ y1 }) => y1)),
});

/** Lines that hang together. */
function connected(rules: readonly Rule[]): Rule[][] {
  const groups: { rules: Rule[]; box: Rule }[] = [];
  for (const rule of [...rules].sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0)) {
    const [own, others] = [
      groups.filter((group) => meets(group.box, rule)),
      groups.filter((group) => !meets(group.box, rule)),
    ];
    const all = [rule, ...own.flatMap((group) => [group.box])];
    const box = boxOf(all);
    groups.splice(0, groups.length, ...others, { rules: [...own.flatMap((group) => group.rules), rule], box });
  }
  return groups.map((group) => group.rules);
}

/** Where a chunk's cell begins and ends, as indexes into the places of lines. */
interface CellPlace {
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

/** The lines of one frame. */
interface Frame {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly upright: readonly Rule[];
  readonly level: readonly Rule[];
  /** Its outermost lines' ends: a table may be open at its sides. */
  readonly edge: Rule;
}

/** The nearest lines around a chunk. */
function cellOf(chunk: Chunk, { xs, ys, upright, level, edge }: Frame): CellPlace | undefined {
  const [x, y] = [(chunk.x0 + chunk.x1) / 2, chunk.y - 0.3 * chunk.size];
  const beside = upright.filter(({ y0, y1 }) => y0 - same <= y && y <= y1 + same).map(({ x0 }) => x0);
  const above = level.filter(({ x0, x1 }) => x0 - same <= x && x <= x1 + same).map(({ y0 }) => y0);
  const index = (places: readonly number[], value: number): number =>
    places.findLastIndex((place) => place <= value + same);
  const left = Math.max(edge.x0, ...beside.filter((place) => place <= x));
  const right = Math.min(edge.x1, ...beside.filter((place) => place > x));
  const top = Math.max(edge.y0, ...above.filter((place) => place <= y));
  const bottom = Math.min(edge.y1, ...above.filter((place) => place > y));
  const ends = [index(xs, left), index(xs, right), index(ys, top), index(ys, bottom)] as const;
  if (
    x < edge.x0 - same ||
    x > edge.x1 + same ||
    y < edge.y0 ||
    y > edge.y1 ||
    ends[1] <= ends[0] ||
    ends[3] <= ends[2]
  )
    return undefined;
  return { columns: [ends[0], ends[1]], rows: [ends[2], ends[3]] };
}

/** Share of a table's places that cells of their own fill. */
const leastSingle = 0.5;

/** Lines of figures in a cell that hold several rows of the table: the lines between them are not drawn. */
const rowsWithin = 3;
const isOpen = ({ chunks, place }: { chunks: readonly Chunk[]; place: CellPlace }): boolean =>
  (place.columns[1] - place.columns[0] > 1 && chunks.length > rowsWithin) ||
  chunks.filter(({ text }) => isNumeric(text)).length >= Math.max(rowsWithin, 0.5 * chunks.length);

/** True when cells beside each other hold as many lines, which do not fill them: no line is drawn between the rows. */
function linesAgree(cells: readonly Cell[], xs: readonly number[]): boolean {
  const counts = new Map<string, number>();
  for (const { place, chunks } of cells) {
    const width = (xs[place.columns[1]] ?? 0) - (xs[place.columns[0]] ?? 0);
    const short = chunks.filter(({ x0, x1 }) => x1 - x0 < 0.7 * width).length;
    if (chunks.length < rowsWithin || short < 0.7 * chunks.length) continue;
    const key = `${place.rows[0]} ${chunks.length}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count > 1);
}

/** A text that stands alone in the middle of the first row names the table. */
function titleOf(
  cells: Iterable<{ place: CellPlace; chunks: Chunk[] }>,
  xs: readonly number[],
  ys: readonly number[],
): string | undefined {
  const all = [...cells];
  const top = Math.min(...all.map(({ place }) => place.rows[0]));
  const first = all.filter(({ place }) => place.rows[0] === top);
  const [only] = first[0]?.chunks ?? [];
  if (first.length > 1 || first[0]?.chunks.length !== 1 || only === undefined || ys.length < 4) return undefined;
  const off = Math.abs((only.x0 + only.x1) / 2 - ((xs[0] ?? 0) + (xs.at(-1) ?? 0)) / 2);
  return first[0].place.columns[1] - first[0].place.columns[0] > 1 && off < only.size ? only.text : undefined;
}

/** Rows at the top of which a cell spans several columns, and the row below them. */
function headerRows(spans: readonly number[], rowCount: number): number {
  const last = spans.findIndex((widest) => widest <= 1);
  return last < 0 || last + 1 >= rowCount ? 1 : last + 1;
}

/** A cell and its text. */
interface Cell {
  readonly place: CellPlace;
  readonly chunks: Chunk[];
}

/** The lines of a frame; undefined where they are too few or too many for a table. */
function frameOf(rules: readonly Rule[]): Frame | undefined {
  const [level, upright] = [rules.filter(isLevel), rules.filter((rule) => !isLevel(rule))];
  const edge = boxOf(rules);
  const xs = placesOf([edge.x0, ...upright.map(({ x0 }) => x0), edge.x1]);
  const ys = placesOf([edge.y0, ...level.map(({ y0 }) => y0), edge.y1]);
  const few = upright.length === 0 || xs.length < 3 || ys.length < 2;
  return few || xs.length * ys.length > mostPlaces || rules.length > mostRules
    ? undefined
    : { xs, ys, upright, level, edge };
}

/** Chunks by the cell that they stand in. */
function cellsIn(frame: Frame, chunks: readonly Chunk[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const chunk of chunks) {
    const place = cellOf(chunk, frame);
    if (place === undefined) continue;
    const key = [...place.columns, ...place.rows].join();
    const cell = cells.get(key) ?? { place, chunks: [] };
    cell.chunks.push(chunk);
    cells.set(key, cell);
  }
  return [...cells.values()];
}

/** A row of a frame: texts by column, and the most columns that a cell of it goes over. */
interface FrameRow {
  readonly texts: string[];
  widest: number;
}

/** Rows with text; the text of a cell stands in each of its places. */
function rowsIn({ xs, ys }: Frame, cells: readonly Cell[], known: Vocabulary): FrameRow[] {
  const rows = ys.slice(1).map((): FrameRow => ({ texts: xs.slice(1).map(() => ''), widest: 1 }));
  for (const { place, chunks } of cells) {
    const text = joinCell(chunks, known);
    for (const row of rows.slice(...place.rows)) {
      row.widest = Math.max(row.widest, place.columns[1] - place.columns[0]);
      row.texts.fill(text, ...place.columns);
    }
  }
  return rows.filter(({ texts }) => texts.some((text) => text !== ''));
}

/** True when the cells of a frame are those of a table: mostly single, each with the text of one row. */
function areTable(cells: readonly Cell[], rows: readonly FrameRow[], { xs }: Frame): boolean {
  const columns = xs.slice(1).filter((_, c) => rows.some(({ texts }) => texts[c] !== '')).length;
  if (rows.length === 0 || columns < 2 || cells.length < 2) return false;
  // Boxes of a drawing overlap in many ways.
  if (cells.length < leastSingle * rows.length * columns) return false;
  const letters = cells.reduce((sum, { chunks }) => sum + chunks.reduce((own, { text }) => own + text.length, 0), 0);
  const repeated = rows.reduce((sum, { texts }) => sum + texts.reduce((own, text) => own + text.length, 0), 0);
  return repeated <= mostRepeated * letters + 1000 && !cells.some(isOpen) && !linesAgree(cells, xs);
}

/** The table within one frame, and the chunks in it; undefined where the frame holds none. */
function gridIn(
  rules: readonly Rule[],
  chunks: readonly Chunk[],
  known: Vocabulary,
): { grid: Grid; used: Chunk[] } | undefined {
  const frame = frameOf(rules);
  if (frame === undefined) return undefined;
  const cells = cellsIn(frame, chunks);
  const all = rowsIn(frame, cells, known);
  if (!areTable(cells, all, frame)) return undefined;
  const used = cells.flatMap((cell) => cell.chunks);
  const part = all.length === 1 || cells.length < 4;
  if (part) return { grid: { part, header: [], rows: all.map(({ texts }) => texts), ...frame.edge }, used };
  const caption = titleOf(cells, frame.xs, frame.ys);
  const below = all.slice(caption === undefined ? 0 : 1);
  const heads = headerRows(
    below.map(({ widest }) => widest),
    below.length,
  );
  const rows = below.map(({ texts }) => texts);
  const grid = { header: rows.slice(0, heads), rows: rows.slice(heads), ...frame.edge };
  return { grid: caption === undefined ? grid : { caption, ...grid }, used };
}

/** Tables of a page that are drawn, and the rows that are left. */
export function ruledGrids({ rules, rows }: Page, known: Vocabulary, omitted: Omitted): { grids: Grid[]; rows: Row[] } {
  if (rules.length < 5) return { grids: [], rows: [...rows] };
  if (rules.length > mostPageRules) count(omitted, 'pdf-drawing');
  const frames = rules.length > mostPageRules ? [] : connected(rules);
  const grids: Grid[] = [];
  const used = new Set<Chunk>();
  const free = rows.flatMap((row) => row.chunks);
  for (const frame of frames) {
    if (frame.length < 5) continue;
    const y0 = Math.min(...frame.map((rule) => rule.y0)) - same;
    const y1 = Math.max(...frame.map((rule) => rule.y1)) + same;
    const found = gridIn(
      frame,
      free.filter((chunk) => chunk.y >= y0 && chunk.y <= y1 + chunk.size && !used.has(chunk)),
      known,
    );
    if (found === undefined) continue;
    grids.push(found.grid);
    for (const chunk of found.used) used.add(chunk);
  }
  const left = rows.map((row) => ({ ...row, chunks: row.chunks.filter((chunk) => !used.has(chunk)) }));
  return { grids, rows: left.filter(({ chunks }) => chunks.length > 0) };
}
