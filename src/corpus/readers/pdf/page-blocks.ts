/** @file The lines and tables of a page in the order of reading. */
import { readingOrder } from './columns.ts';
import type { Vocabulary } from './join-text.ts';
import { ruledGrids } from './ruled-grid.ts';
import type { Block, Chunk, Grid, Line, Omitted, Page, Row } from './shapes.ts';
import { type PageContext, unruledGrids } from './unruled-grid.ts';

/** A chunk that holds the place of a drawn table. */
const placeholder = ({ x0, x1, y0 }: Grid): Chunk => ({
  text: '',
  x0,
  x1,
  y: y0,
  size: 1,
  bold: false,
  mono: false,
  leader: false,
});

/** Right edge of a column: the widest lines but for a few that stick out. */
function edgesOf(rows: readonly Row[]): { left: number; right: number } {
  const ends = rows.map(({ chunks }) => chunks.at(-1)?.x1 ?? 0).sort((a, b) => a - b);
  return {
    left: Math.min(...rows.map(({ chunks }) => chunks[0]?.x0 ?? 0)),
    right: ends[Math.ceil(0.95 * (ends.length - 1))] ?? 0,
  };
}

/** One line of text. */
function lineOf(row: Row, above: Row | undefined, edges: { left: number; right: number }): Line {
  const chunks = row.chunks[0]?.rtl === true ? [...row.chunks].reverse() : row.chunks;
  const letters = (chunk: Chunk): number => chunk.text.length;
  const main = chunks.reduce((most, chunk) => (letters(chunk) > letters(most) ? chunk : most));
  return {
    kind: 'line',
    text: chunks.map(({ text }) => text).join(' '),
    x0: row.chunks[0]?.x0 ?? 0,
    x1: row.chunks.at(-1)?.x1 ?? 0,
    y: row.y,
    size: main.size,
    bold: chunks.every(({ bold }) => bold),
    mono: chunks.every(({ mono }) => mono),
    ...edges,
    gap: above === undefined ? undefined : row.y - above.y,
    chunks: row.chunks,
  };
}

/** Blocks of one column without drawn tables. */
function columnBlocks(rows: readonly Row[], context: PageContext): Block[] {
  if (rows.length === 0) return [];
  const edges = edgesOf(rows);
  const blocks: Block[] = [];
  const tables = new Map(unruledGrids(rows, context).map((found) => [found.from, found]));
  for (let i = 0; i < rows.length; i++) {
    const table = tables.get(i);
    const row = rows[i];
    if (table !== undefined) {
      blocks.push({ kind: 'table', grid: table.grid });
      i = table.to;
    } else if (row !== undefined)
      blocks.push(lineOf(row, blocks.at(-1)?.kind === 'line' ? rows[i - 1] : undefined, edges));
  }
  return blocks;
}

/** A page's blocks; each inner list is a column or a part of one. */
export function pageBlocks(page: Page, known: Vocabulary, omitted: Omitted): Block[][] {
  const context = { rules: page.rules, known, omitted };
  const { grids, rows } = ruledGrids(page, known, omitted);
  const places = new Map(grids.map((grid) => [placeholder(grid), grid]));
  const chunks = [...rows.flatMap((row) => row.chunks), ...places.keys()];
  return readingOrder(chunks).map((region) => {
    const blocks: Block[] = [];
    let from = 0;
    for (const [i, row] of region.entries()) {
      const grid = row.chunks.map((chunk) => places.get(chunk)).find((each) => each !== undefined);
      if (grid === undefined) continue;
      blocks.push(...columnBlocks(region.slice(from, i), context), { kind: 'table', grid });
      from = i + 1;
    }
    return [...blocks, ...columnBlocks(region.slice(from), context)];
  });
}
