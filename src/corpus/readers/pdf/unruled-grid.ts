/**
 * @file Tables told from where their text stands. A run of rows with several parts is one when the parts stand in columns and something says
 * that they are a table: figures below a heading, a caption, lines drawn across, a bold heading. Otherwise the text stays as it reads.
 */

import type { Vocabulary } from './join-text.ts';
import { type Chunk, count, type Grid, median, type Omitted, type Row, type Rule } from './shapes.ts';
import { isNumeric } from './table-cells.ts';
import { type Column, columnsOf, columnsUnder } from './table-columns.ts';
import { headerOf, headerSize } from './table-header.ts';
import { bodyRows } from './table-rows.ts';

/** Rows of one part that may stand between two rows with several. */
const mostSingle = 5;
/** A row of one part that is as wide as this share of the rows around it is a line of prose. */
const proseWidth = 0.72;
/** A wider space, in heights of the font, ends a table. */
const widestGap = 3.2;

/** `•`, `3.`, `(a)`, `[12]`, `1.2`: what begins an item of a list or a heading. */
const marker =
  /^(?:[•◦▪●○■□‣⁃–—*·-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\w{1,12}\]|\d+(?:\.\d+)*\.?|[A-Z]\.\d+(?:\.\d+)*)$/;

/** The parts of a row; the mark of a list's item is none. */
function partsOf({ chunks }: Row): number {
  const marked = chunks.length === 2 && marker.test(chunks[0]?.text ?? '');
  return marked ? 1 : chunks.length;
}

/** An entry of a table of contents. */
const isEntry = ({ chunks }: Row): boolean =>
  chunks.some(({ leader }) => leader) &&
  chunks.length <= 3 &&
  /^(?:\d{1,4}|[ivxlc]{1,7})$/i.test(chunks.at(-1)?.text.split(' ').at(-1) ?? '');

/** Rows that could be part of a table. */
const isParted = (row: Row): boolean => partsOf(row) > 1 && !isEntry(row) && !row.chunks.every(({ mono }) => mono);

/** True when nothing between two rows of several parts keeps them from being rows of one table. */
function hangTogether(rows: readonly Row[], last: number, next: number): boolean {
  const from = rows[last];
  if (from === undefined || next - last - 1 > mostSingle) return false;
  const width = (from.chunks.at(-1)?.x1 ?? 0) - (from.chunks[0]?.x0 ?? 0);
  return rows.slice(last + 1, next + 1).every(({ chunks, y, size }, k) => {
    if (y - (rows[last + k]?.y ?? 0) > widestGap * size) return false;
    if (last + 1 + k === next) return true;
    const [only] = chunks;
    return !chunks.every(({ mono }) => mono) && (only === undefined || only.x1 - only.x0 < proseWidth * width);
  });
}

/** Runs of rows, as `[first, last]`, that begin and end with one of several parts. */
function runsOf(rows: readonly Row[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [i, row] of rows.entries()) {
    if (!isParted(row)) continue;
    const run = runs.at(-1);
    if (run !== undefined && hangTogether(rows, run[1], i)) run[1] = i;
    else runs.push([i, i]);
  }
  return runs;
}

/** What is known of a run. */
interface Candidate {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly numeric: readonly boolean[];
  /** Lines drawn across it. */
  readonly rules: readonly Rule[];
}

/** Texts of each column. */
const textsOf = (rows: readonly Row[], columns: readonly Column[]): string[][] => {
  const texts = columns.map((): string[] => []);
  for (const chunk of rows.flatMap(({ chunks }) => chunks)) {
    const under = columnsUnder(chunk, columns);
    if (under.length === 1) texts[under[0] ?? 0]?.push(chunk.text);
  }
  return texts;
};

/** `(3.1)`: the number of a formula. */
const isLabel = (text: string): boolean => /^\(\d{1,3}(?:\.\d{1,3})?[a-z]?\)$/.test(text);

/** Share of figures that makes a column one of figures. */
const mostlyFigures = 0.55;

/** Reads a run of rows as a table. */
function candidateOf(rows: readonly Row[], rules: readonly Rule[]): Candidate {
  const columns = columnsOf(rows);
  const numeric = textsOf(rows, columns).map(
    (texts) =>
      texts.length > 1 && !texts.every(isLabel) && texts.filter(isNumeric).length >= mostlyFigures * texts.length,
  );
  const [x0, x1] = [columns[0]?.x0 ?? 0, columns.at(-1)?.x1 ?? 0];
  const [y0, y1] = [
    (rows[0]?.y ?? 0) - 2.5 * (rows[0]?.size ?? 0),
    (rows.at(-1)?.y ?? 0) + 1.5 * (rows.at(-1)?.size ?? 0),
  ];
  const near = rules.filter((rule) => rule.y1 > y0 && rule.y0 < y1 && rule.x1 > x0 && rule.x0 < x1);
  return { rows, columns, numeric, rules: near };
}

const captionStart = /^(?:table|tab\.|exhibit|表|表格)\s*[\dIVX]/i;
/** True when a line near a run names it a table. */
const isNamed = (rows: readonly Row[], from: number, to: number): boolean =>
  rows.some(
    ({ chunks }, i) => i >= from - 6 && i <= to + 3 && (i < from || i > to) && captionStart.test(chunks[0]?.text ?? ''),
  );

/** Rows whose parts do not stand in the columns. */
function misfits({ rows, columns }: Candidate, head: number): number {
  return rows.slice(head).filter(({ chunks }) => {
    const under = chunks.map((chunk) => columnsUnder(chunk, columns));
    return chunks.length > 1 && under.some((each) => each.length > 1);
  }).length;
}

/** Longer cells, in characters, are prose. */
const longCell = 60;
/** Signs that stand in formulas, and brackets that are drawn on their own. */
const formula = /[=∼≤≥∥⊤⊗∑∫∏√∂∈≈∞]|^[()[\]{}|+−~˜ˆ/.,\s]+$/u;

/** Share of the cells that are filled. */
const fill = { stated: 0.4, told: 0.7 };

/** True when something says that a run is a table: its figures, lines drawn across, a caption, a bold heading. */
function isStated({ rows, columns, numeric, rules }: Candidate, head: number, named: boolean, filled: number): boolean {
  const width = (columns.at(-1)?.x1 ?? 0) - (columns[0]?.x0 ?? 0);
  const ruled = rules.filter(({ x0, x1 }) => x1 - x0 > 0.7 * width).length >= 2;
  const cells = textsOf(rows, columns);
  const texts = cells.flat();
  const formulas = texts.filter((text) => formula.test(text)).length;
  if (formulas > (ruled && named ? 0.4 : 0.15) * texts.length) return false;
  if (named || ruled) return filled >= fill.stated;
  if (texts.filter((text) => text.length > longCell).length > 0.3 * texts.length) return false;
  if (filled < fill.told) return false;
  const worded = rows.flatMap(({ chunks }) => chunks).filter(({ text }) => /\p{L}{2}/u.test(text)).length;
  const figures = numeric.filter((is) => is).length;
  if (figures > 0 && !numeric[0] && head > 0 && worded >= columns.length) return true;
  if (figures > 0 && !numeric[0] && columns.length > 2 && worded >= rows.length) return true;
  const body = rows.slice(head);
  const bold = head > 0 && rows.slice(0, head).every(({ chunks }) => chunks.every((chunk) => chunk.bold));
  if (!bold || body.length < 2 || body.some(({ chunks }) => chunks.every((chunk) => chunk.bold))) return false;
  const labels = cells[0]?.every((text) => text.length <= 40) === true;
  return rows[head - 1]?.chunks.length === columns.length && (columns.length > 2 || labels);
}

/** True when the parts of a run stand in columns and it may be told from prose, sums and labels of figures. */
function isTable(candidate: Candidate, head: number, named: boolean, table: readonly (readonly string[])[]): boolean {
  const { rows, columns } = candidate;
  const body = rows.slice(head);
  const parted = rows.filter(isParted).length;
  if (columns.length < 2 || parted < 3 || body.length < 2) return false;
  if (misfits(candidate, head) > 0.1 * body.length || textsOf(rows, columns).some((texts) => texts.length < 2))
    return false;
  const filled = table.flat().filter((cell) => cell !== '').length / Math.max(1, table.length * columns.length);
  return table.length > 1 && isStated(candidate, head, named, filled);
}

/** Takes in rows of one part that are a heading above the run, or the rest of its last row. */
function widened(rows: readonly Row[], [from, to]: readonly [number, number]): [number, number] {
  const columns = columnsOf(rows.slice(from, to + 1));
  const size = median(rows.slice(from, to + 1).map((row) => row.size));
  const fits = (row: Row | undefined, other: Row | undefined): boolean => {
    const [only, ...more] = row?.chunks ?? [];
    if (
      row === undefined ||
      other === undefined ||
      only === undefined ||
      more.length > 0 ||
      captionStart.test(only.text)
    )
      return false;
    return (
      only.x0 > (columns[0]?.x1 ?? 0) &&
      only.x1 <= (columns.at(-1)?.x1 ?? 0) + size &&
      Math.abs(row.y - other.y) < 1.7 * size
    );
  };
  let [first, last] = [from, to];
  while (from - first < 2 && fits(rows[first - 1], rows[first])) first--;
  while (last - to < 3 && fits(rows[last + 1], rows[last])) last++;
  return [first, last];
}

/** A table and the rows that it takes, `from` to `to` inclusive. */
export interface FoundGrid {
  readonly grid: Grid;
  readonly from: number;
  readonly to: number;
}

/** Where the text of a candidate stands. */
function boxOf(rows: readonly Row[]): Pick<Grid, 'x0' | 'x1' | 'y0' | 'y1'> {
  const chunks = rows.flatMap((row): readonly Chunk[] => row.chunks);
  return {
    x0: Math.min(...chunks.map(({ x0 }) => x0)),
    x1: Math.max(...chunks.map(({ x1 }) => x1)),
    y0: (rows[0]?.y ?? 0) - (rows[0]?.size ?? 0),
    y1: rows.at(-1)?.y ?? 0,
  };
}

/** What is known beside the rows. */
export interface PageContext {
  /** Of the page. */
  readonly rules: readonly Rule[];
  /** Of the document. */
  readonly known: Vocabulary;
  readonly omitted: Omitted;
}

/** Tables in the rows of one column of a page. */
export function unruledGrids(rows: readonly Row[], { rules, known, omitted }: PageContext): FoundGrid[] {
  const found: FoundGrid[] = [];
  for (const run of runsOf(rows)) {
    if (run[1] - run[0] < 2) continue;
    const [from, to] = widened(rows, run);
    const candidate = candidateOf(rows.slice(from, to + 1), rules);
    const { columns, numeric } = candidate;
    const head = headerSize(candidate.rows, columns, numeric, candidate.rules);
    const body = bodyRows(candidate.rows.slice(head), candidate, known);
    if (!isTable(candidate, head, isNamed(rows, from, to), body)) {
      count(omitted, 'table-unsure', columns.length > 1 && run[1] - run[0] > 2 ? 1 : 0);
      continue;
    }
    const heads = headerOf(candidate.rows.slice(0, head), columns, candidate.rules);
    const header = heads.every((text) => text === '') ? [] : [heads];
    const grid = {
      header,
      rows: body,
      ...boxOf(candidate.rows),
    };
    found.push({ grid, from, to });
  }
  return found;
}
