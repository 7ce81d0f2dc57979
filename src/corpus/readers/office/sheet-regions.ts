/**
 * @file The tables of a sheet: cells that hang together, apart from others by empty rows and columns. Only filled cells take memory, whatever
 * corners of the sheet they stand in.
 */
import { QuarantineError } from '../../../records/reader.ts';
import { emptyCell, type GridCell, gridText } from './grid.ts';

/** Filled cells by row, then by column. */
export type SheetCells = ReadonlyMap<number, ReadonlyMap<number, GridCell>>;

/** Merged cells, both corners inclusive. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Places of merged cells and of tables, over what is filled. */
const mostPlaces = 4_000_000;

const tooWide = (what: string): QuarantineError =>
  new QuarantineError('too-large', `${what} of the sheet has more than ${mostPlaces} places for cells`);

/** The value of merged cells in each of their places, as far as the filled part of the sheet goes. @throws QuarantineError `too-large` */
export function fillMerged(cells: Map<number, Map<number, GridCell>>, ranges: readonly MergedRange[]): void {
  let [lastRow, lastColumn] = [0, 0];
  for (const [y, row] of cells) {
    lastRow = Math.max(lastRow, y);
    for (const x of row.keys()) lastColumn = Math.max(lastColumn, x);
  }
  let places = 0;
  for (const { top, left, bottom, right } of ranges) {
    const cell = cells.get(top)?.get(left);
    if (cell === undefined) continue;
    for (let y = top; y <= Math.min(bottom, lastRow); y++)
      for (let x = left; x <= Math.min(right, lastColumn); x++) {
        if (++places > mostPlaces) throw tooWide('a merged cell');
        const row = cells.get(y) ?? new Map<number, GridCell>();
        cells.set(y, row);
        row.set(x, cell);
      }
  }
}

/** A row of a region with its filled cells. */
interface Line {
  readonly y: number;
  readonly cells: readonly (readonly [x: number, cell: GridCell])[];
}
type Region = readonly Line[];

/** Rows that follow one another. */
function bands(region: Region): Region[] {
  const found: Line[][] = [];
  let before = Number.NaN;
  for (const line of region) {
    if (line.y === before + 1) found.at(-1)?.push(line);
    else found.push([line]);
    before = line.y;
  }
  return found;
}

/** Columns that follow one another. */
function blocks(region: Region): Region[] {
  const columns = [...new Set(region.flatMap(({ cells }) => cells.map(([x]) => x)))].sort((a, b) => a - b);
  const blockOf = new Map<number, number>();
  let block = -1;
  for (const [i, x] of columns.entries()) {
    if (i === 0 || x !== (columns[i - 1] ?? 0) + 1) block++;
    blockOf.set(x, block);
  }
  if (block === 0) return [region];
  const found: Line[][] = Array.from({ length: block + 1 }, () => []);
  for (const { y, cells } of region) {
    const parts = new Map<number, Line['cells'][number][]>();
    for (const pair of cells) {
      const at = blockOf.get(pair[0]) ?? 0;
      const part = parts.get(at);
      if (part === undefined) parts.set(at, [pair]);
      else part.push(pair);
    }
    for (const [at, part] of parts) found[at]?.push({ y, cells: part });
  }
  return found;
}

/** Rows and columns are parted by turns so often. */
const mostTurns = 4;

function regionsOf(cells: SheetCells): Region[] {
  const lines = [...cells]
    .filter(([, row]) => row.size > 0)
    .sort(([a], [b]) => a - b)
    .map(([y, row]): Line => ({ y, cells: [...row].sort(([a], [b]) => a - b) }));
  let regions: Region[] = [lines];
  for (let turn = 0; turn < mostTurns; turn++) {
    const parted = regions.flatMap(bands).flatMap(blocks);
    if (parted.length === regions.length && turn > 0) break;
    regions = parted;
  }
  return regions.filter((region) => region.length > 0);
}

/** @throws QuarantineError `too-large` where the cells stand far apart */
function regionText(region: Region): string {
  let [left, right] = [Number.POSITIVE_INFINITY, 0];
  for (const { cells } of region) {
    left = Math.min(left, cells[0]?.[0] ?? left);
    right = Math.max(right, cells.at(-1)?.[0] ?? right);
  }
  const width = right - left + 1;
  if (width * region.length > mostPlaces) throw tooWide('a table');
  const grid = region.map(({ cells }) => {
    const row = Array.from({ length: width }, () => emptyCell);
    for (const [x, cell] of cells) row[x - left] = cell;
    return row;
  });
  return gridText(grid, { sheet: true });
}

/** The tables of a sheet and the texts between them, from above to below. @throws QuarantineError `too-large` */
export const sheetText = (cells: SheetCells): string => regionsOf(cells).map(regionText).join('\n\n');
