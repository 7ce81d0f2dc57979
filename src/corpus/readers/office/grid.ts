/**
 * @file A table of an office file as text: which rows are its caption, its headings, its body and its notes. Merged cells are one object in
 * several places of the grid.
 */
import { renderTable } from '../../tables/render-table.ts';

/** A cell; the same object stands wherever it is merged to. */
export interface GridCell {
  readonly text: string;
}

/** Rows of one width. */
export type Grid = readonly (readonly GridCell[])[];

/** What a file says of a table beside its cells. */
export interface GridHints {
  /** A paragraph that the file marks as the caption. */
  readonly caption?: string;
  /** Rows that the file marks as headings. */
  readonly headerRows?: number;
  /** Cells of a sheet: a text alone in a row of several columns is a title or a note there, merged or not. */
  readonly sheet?: boolean;
}

/** A cell with nothing in it. */
export const emptyCell: GridCell = { text: '' };

const filled = (row: readonly GridCell[]): GridCell[] => [...new Set(row.filter(({ text }) => text.trim() !== ''))];

/** Figures, dates, amounts: `1,204.50`, `12 %`, `$3`, `(4)`, `2024-01-05`, `-`. */
const isValue = (text: string): boolean => /^[-+−(]?\W{0,3}\d[\d.,:/\s-]*\W{0,3}$|^[-–—]$/u.test(text.trim());

/** A year, or a month of it, is a heading as often as a value. */
const isYear = (text: string): boolean =>
  /^\s*(?:(?:19|20)\d\d\s?(?:年度?|[/-]\d{2})?|\d{1,2}(?:月|季度))\s*$/.test(text);

const isBody = (row: readonly GridCell[]): boolean => {
  const cells = filled(row.slice(1));
  return cells.some(({ text }) => isValue(text) && !isYear(text));
};

/** A heading of more rows is a form. */
const mostHeaderRows = 4;

/** Rows of headings: as marked, else the first, and those that its merged cells reach down or spread over. */
function headerRowsOf(grid: Grid, marked: number | undefined): number {
  if (marked !== undefined && marked > 0) return Math.min(marked, grid.length - 1);
  for (let at = 1; at <= mostHeaderRows; at++) {
    if (at === grid.length - 1) return at;
    const [above = [], below = []] = [grid[at - 1], grid[at]];
    const reachesDown = above.some((cell, column) => cell !== emptyCell && cell === below[column]);
    const spreads = above.some((cell, column) => cell.text !== '' && cell === above[column + 1]);
    if (isBody(below) || !(reachesDown || spreads)) return at;
    // A cell that goes on below the next row too groups rows of the body.
    if (!spreads && above.some((cell, column) => column === 0 && cell === grid[at + 1]?.[column])) return at;
  }
  return 1;
}

const texts = (row: readonly GridCell[]): string[] => row.map(({ text }) => text);
const paragraph = (row: readonly GridCell[]): string =>
  filled(row)
    .map(({ text }) => text.trim())
    .join('\t');

/** Whether a row is one text over the whole width, or stands as such on a sheet. */
function isTitle(row: readonly GridCell[], sheet: boolean): boolean {
  if (row.length < 2 || filled(row).length !== 1) return false;
  return row.every((cell) => cell === row[0]) || (sheet && row.length > 2);
}

/** Longer texts alone below a table are notes to it. */
const longestLabel = 40;
const noteWord =
  /^(?:sources?|notes?|n\.b\.|fuente|nota|quelle|anmerkung|资料来源|数据来源|来源|注|备注|说明|prepared by|compiled by|填表人?|填报人?|制表人?|审核人?|复核人?|统计人|负责人|经办人)\s?\d{0,2}[:：.]/i;

const isText = ({ text }: GridCell): boolean => text.trim() !== '' && (!isValue(text) || isYear(text));

/**
 * On a sheet a heading over several columns often stands in the first of them, and the others are empty. It goes up to the next one, and
 * not over a column of words beside those of figures, nor further than the same names below.
 */
function spreadHeads(grid: Grid): Grid {
  const [first = [], second = [], ...rows] = grid;
  const gaps = first.some((cell, column) => column > 0 && cell.text === '');
  const named = second.filter(isText).length;
  const figures = (column: number): boolean => rows.some((row) => isValue(row[column]?.text ?? ''));
  if (!gaps || filled(first).length < 2 || named * 2 <= second.length || isBody(second) || isBody(first)) return grid;
  const spread = [...first];
  const groups: string[] = [];
  for (let from = 0; from < first.length; ) {
    let to = from + 1;
    while (
      to < first.length &&
      first[to]?.text === '' &&
      figures(from) === figures(to) &&
      !again(second, groups, from, to)
    )
      to++;
    // A cell over an empty one names a single column.
    if (first[from]?.text !== '' && isText(second[from] ?? emptyCell)) {
      for (let column = from + 1; column < to; column++) spread[column] = first[from] ?? emptyCell;
      groups.push(texts(second.slice(from, to)).join('\t'));
    }
    from = to;
  }
  return [spread, second, ...rows];
}

/** Whether the names from one column to another are those of an earlier group. */
const again = (names: readonly GridCell[], groups: readonly string[], from: number, to: number): boolean =>
  groups.includes(texts(names.slice(from, to)).join('\t'));

/** As paragraphs where it is no table: one column, or one row. */
export function gridText(grid: Grid, { caption, headerRows = 0, sheet = false }: GridHints = {}): string {
  let from = 0;
  let to = grid.length;
  while (from < to && filled(grid[from] ?? []).length === 0) from++;
  const titles: string[] = [];
  while (from < to - 1 && isTitle(grid[from] ?? [], sheet) && (headerRows === 0 || from < headerRows - 1))
    titles.push(paragraph(grid[from++] ?? []));
  const notes: string[] = [];
  const isNote = (row: readonly GridCell[]): boolean =>
    filled(row).length === 0 ||
    (isTitle(row, sheet) &&
      (row[0] === row[1] || (row[0]?.text.length ?? 0) > longestLabel || noteWord.test(row[0]?.text ?? '')));
  while (to > from + 2 && isNote(grid[to - 1] ?? [])) notes.unshift(paragraph(grid[--to] ?? []));
  const body = sheet ? spreadHeads(grid.slice(from, to)) : grid.slice(from, to);
  const blocks = [caption ?? '', ...titles];
  if ((body[0]?.length ?? 0) < 2 || body.length < 2) blocks.push(body.map(paragraph).join(sheet ? '\n\n' : '\n'));
  else {
    const header = headerRowsOf(body, headerRows === 0 ? undefined : headerRows - from);
    blocks.push(renderTable({ header: body.slice(0, header).map(texts), rows: body.slice(header).map(texts) }));
  }
  return [...blocks, ...notes].filter((block) => block.trim() !== '').join('\n\n');
}

/** A cell as tables by rows and spans give it. */
export interface SpannedCell {
  readonly text: string;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** Columns and rows beyond which a span is no table. */
const widest = 2000;

/** Places of merged cells, over what is filled. */
const mostPlaces = 4_000_000;

/** The grid of rows whose cells span others, as in HTML. Spans end with the table. */
export function gridOf(rows: readonly (readonly SpannedCell[])[]): GridCell[][] {
  const grid: GridCell[][] = rows.map(() => []);
  let places = 0;
  for (const [y, row] of rows.entries()) {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x++;
      const placed: GridCell = cell.text.trim() === '' ? { text: '' } : { text: cell.text };
      const right = Math.min(x + Math.max(1, cell.columnSpan), widest);
      for (let down = y; down < Math.min(y + Math.max(1, cell.rowSpan), grid.length); down++)
        for (let column = x; column < right && places < mostPlaces; column++, places++) {
          const line = grid[down];
          if (line !== undefined) line[column] ??= placed;
        }
      x = right;
    }
  }
  const width = grid.reduce((most, { length }) => Math.max(most, length), 0);
  return grid.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? emptyCell));
}
