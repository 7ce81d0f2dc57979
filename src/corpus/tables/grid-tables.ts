/**
 * @file Tables drawn with lines: reStructuredText's and pandoc's grids, the frames of database clients, and box drawing. A cell over several
 * columns or rows, whose inner lines are missing, stands in each of them.
 */
import { type Line, longestRow, type Shown, shownLine, spanOfLines } from './lines.ts';
import { joinHeader } from './render-table.ts';
import type { Found, Piece, RawTable } from './table.ts';

/** A drawn table is not larger. */
const [mostLines, mostColumns] = [100_000, 200];
/** Longer ones, which a program wrote, span no rows. */
const mostSpanned = 2000;

/** A line of the frame in the four characters that it is made of: corners, strokes, double strokes and sides. */
const asciiFrame = (text: string): string =>
  /[\u2500-\u257f]/.test(text)
    ? text
        .replace(/[═]/g, '=')
        .replace(/[─━┄┅┈┉╌╍╴╶╸╺╼╾]/g, '-')
        .replace(/[│┃║┆┇┊┋╎╏╵╷╹╻╽╿]/g, '|')
        .replace(/[\u2500-\u257f]/g, '+')
    : text;

const startsFrame = /^\s*\+[-=+]{2,}\+?\s*$/;
const framed = /^\s*[+|].*[+|]\s*$/;

interface Grid {
  readonly lines: readonly Line[];
  readonly frame: readonly string[];
  readonly shown: readonly Shown[];
  /** Columns of the screen in which the sides stand. */
  readonly edges: readonly number[];
}

const charAt = ({ frame, shown }: Grid, row: number, column: number): string => {
  const index = shown[row]?.index[column];
  return index === undefined ? '' : (frame[row]?.[index] ?? '');
};

/** A stroke from one edge to the next. */
function isStroke(grid: Grid, row: number, left: number, right: number): string {
  const first = charAt(grid, row, left + 1);
  if (first !== '-' && first !== '=') return '';
  for (let column = left + 1; column < right; column++) {
    const char = charAt(grid, row, column);
    // Another table's corner, or the mark of an alignment, may stand on it.
    if (char !== first && char !== '+' && char !== ':') return '';
  }
  return first;
}

/** Lines that a stroke is part of: they part the rows. */
const isRuled = (grid: Grid, row: number): boolean =>
  grid.edges.slice(1).some((right, i) => isStroke(grid, row, grid.edges[i] ?? 0, right) !== '');

/** Sides that hold in all lines of a band. */
const isSide = (grid: Grid, from: number, to: number, column: number): boolean => {
  for (let row = from; row < to; row++) if (!'|+'.includes(charAt(grid, row, column) || ' ')) return false;
  return true;
};

/** Bands of lines between the rules: each is a row, or several where no cell is wrapped. */
interface Band {
  readonly from: number;
  readonly to: number;
}

function bandsOf(grid: Grid): { readonly bands: Band[]; readonly rules: number[] } {
  const rules = grid.lines.map((_, row) => row).filter((row) => isRuled(grid, row));
  const bands = rules.slice(1).map((to, i) => ({ from: (rules[i] ?? 0) + 1, to }));
  return { bands: bands.filter(({ from, to }) => to > from), rules };
}

const inner = ({ shown, lines }: Grid, row: number, left: number, right: number): Piece => {
  const line = lines[row] ?? { text: '', start: 0 };
  const [from, to] = [shown[row]?.index[left] ?? line.text.length, shown[row]?.index[right] ?? line.text.length];
  const raw = line.text.slice(from, to);
  const value = raw.trim();
  const start = line.start + from + (value === '' ? 0 : raw.length - raw.trimStart().length);
  return { value, span: { start, end: start + value.length } };
};

/** One value over the lines of a wrapped cell; its place is that of its first line. */
function joined(pieces: readonly Piece[]): Piece | undefined {
  const said = pieces.filter(({ value }) => value !== '');
  const first = said[0] ?? pieces[0];
  return first && { value: said.map(({ value }) => value).join(' '), span: first.span };
}

/** The cells of some lines of a band; a cell without an inner side stands in all columns that it covers. */
function cellsOf(grid: Grid, band: Band, lines: Band): Piece[] {
  const { edges } = grid;
  const cells: Piece[] = [];
  for (let column = 0; column + 1 < edges.length; ) {
    let end = column + 1;
    while (end + 1 < edges.length && !isSide(grid, band.from, band.to, edges[end] ?? 0)) end++;
    const pieces = Array.from({ length: lines.to - lines.from }, (_, i) =>
      inner(grid, lines.from + i, (edges[column] ?? 0) + 1, edges[end] ?? 0),
    );
    const cell = joined(pieces);
    for (; column < end; column++) if (cell !== undefined) cells.push(cell);
  }
  return cells;
}

/** Whether the lines of a band are rows of their own: each begins with its own first cell. */
function isManyRows(grid: Grid, { from, to }: Band): boolean {
  const [left = 0, right = 0] = grid.edges;
  for (let row = from; row < to; row++) if (inner(grid, row, left + 1, right).value === '') return false;
  return true;
}

/** Where the line under a cell is missing, the cell goes on below. */
function spanRows(grid: Grid, rows: Piece[][], starts: readonly number[]): void {
  if (rows.length > mostSpanned) return;
  for (const [i, row] of rows.entries()) {
    const rule = (starts[i] ?? 0) - 1;
    const above = rows[i - 1];
    if (above === undefined || !isRuled(grid, rule)) continue;
    for (let column = 0, end = 1; column < row.length; column = end, end = column + 1) {
      const [cell, over] = [row[column], above[column]];
      if (cell === undefined || over === undefined) continue;
      while (end < row.length && row[end] === cell) end++;
      if (!isOpen(grid, rule, column, end) || above.slice(column, end).some((piece) => piece !== over)) continue;
      // The rule's own line may hold text of the open cell.
      const edge = inner(grid, rule, (grid.edges[column] ?? 0) + 1, grid.edges[end] ?? 0);
      const whole = joined([over, edge, cell]);
      if (whole === undefined) continue;
      row.fill(whole, column, end);
      // A cell that goes on over more than one rule has the same text in all its rows.
      for (let up = i - 1; up >= 0 && rows[up]?.[column] === over; up--) rows[up]?.fill(whole, column, end);
    }
  }
}

/** Whether the line between two edges is missing. */
function isOpen(grid: Grid, rule: number, column: number, end: number): boolean {
  for (let i = column; i < end; i++)
    if (isStroke(grid, rule, grid.edges[i] ?? 0, grid.edges[i + 1] ?? 0) !== '') return false;
  return true;
}

function gridOf(lines: readonly Line[]): Grid {
  const frame = lines.map(({ text }) => asciiFrame(text));
  const shown = lines.map(shownLine);
  const edges = new Set<number>();
  for (const [row, text] of frame.entries()) {
    if (!/^\s*[+|][-=+| ]*[-=]{2}/.test(text)) continue;
    shown[row]?.index.forEach((at, column) => {
      if (text[at] === '+' && shown[row]?.index[column - 1] !== at) edges.add(column);
    });
  }
  return { lines, frame, shown, edges: [...edges].sort((a, b) => a - b) };
}

/** Undefined where the lines of the frame do not close. */
function readGrid(grid: Grid): RawTable | undefined {
  const { edges, lines } = grid;
  const [first, last] = [lines[0], lines.at(-1)];
  if (edges.length < 3 || edges.length > mostColumns || first === undefined || last === undefined) return undefined;
  const { bands, rules } = bandsOf(grid);
  const closed = bands.every(
    (band) => isSide(grid, band.from, band.to, edges[0] ?? 0) && isSide(grid, band.from, band.to, edges.at(-1) ?? 0),
  );
  if (bands.length < 2 || rules[0] !== 0 || rules.at(-1) !== lines.length - 1 || !closed) return undefined;
  const double = rules.filter(
    (row, i) => i > 0 && i + 1 < rules.length && isStroke(grid, row, edges[0] ?? 0, edges[1] ?? 0) === '=',
  );
  const headEnd = double.length === 1 ? (double[0] ?? 0) : (bands[0]?.to ?? 0);
  const heads = bands.filter(({ to }) => to <= headEnd).map((band) => ({ cells: cellsOf(grid, band, band), band }));
  const body = bands.filter(({ from }) => from > headEnd);
  // With a double line under the heading, every rule ends a row.
  const wrapped = double.length === 1 && body.length > 1;
  const rows: Piece[][] = [];
  const starts: number[] = [];
  for (const band of body) {
    const many = !wrapped && isManyRows(grid, band);
    for (let row = band.from; row < band.to; row = many ? row + 1 : band.to) {
      rows.push(cellsOf(grid, band, many ? { from: row, to: row + 1 } : band));
      starts.push(row);
    }
  }
  spanRows(grid, rows, starts);
  const header = heads.map(({ cells }) => cells);
  spanRows(
    grid,
    header,
    heads.map(({ band }) => band.from),
  );
  const columns = edges.slice(1).map((_, column) => joinHeader(header.map((cells) => cells[column]?.value ?? '')));
  // A diagram has lines inside of its boxes.
  if (rows.some((row) => row.some(({ value }) => /[\u2500-\u257f]|^[|+]|[|+]$/.test(value)))) return undefined;
  return { header: columns, rows, span: spanOfLines(first, last) };
}

/** A table drawn with lines that begins at `at`. */
export function gridTable(lines: readonly Line[], at: number): Found | undefined {
  const first = lines[at];
  if (first === undefined || first.text.length > longestRow || !startsFrame.test(asciiFrame(first.text)))
    return undefined;
  let next = at + 1;
  while (next < lines.length && next - at <= mostLines) {
    const text = lines[next]?.text ?? '';
    if (text.length > longestRow || !framed.test(asciiFrame(text))) break;
    next++;
  }
  if (next - at > mostLines) return { omitted: 'table-too-large', next };
  const table = readGrid(gridOf(lines.slice(at, next)));
  if (table !== undefined) return { table, next };
  // A frame around prose has one column; that is no table.
  return next - at >= 4 && (first.text.match(/\+|[┬╦╤╥]/g)?.length ?? 0) > 2
    ? { omitted: 'table-ragged', next }
    : { next };
}
