/**
 * @file The rows of a table without drawn cells, from its lines of text: a line that goes on with the cells above it, or begins the label that
 * the next line ends, is no row of its own. Lines drawn between the rows settle it where there are any.
 */
import { joinText, type Vocabulary } from './join-text.ts';
import { median, type Row, type Rule } from './shapes.ts';
import { isNumeric } from './table-cells.ts';
import { type Column, columnsUnder } from './table-columns.ts';

/** One line of text in its cells. */
interface CellLine {
  readonly cells: string[];
  readonly y: number;
  /** From the line above. */
  readonly gap: number;
  /** Left edge of the first column's text. */
  readonly x0: number;
}

/** Puts the parts of a row into cells; a part over several columns, a label of the rows below it, stands in the first. */
function cellLine(row: Row, columns: readonly Column[], above: Row | undefined): CellLine {
  const cells = columns.map(() => '');
  for (const chunk of row.chunks) {
    const column = columnsUnder(chunk, columns)[0] ?? 0;
    cells[column] = `${cells[column]} ${chunk.text}`.trim();
  }
  return {
    cells,
    y: row.y,
    gap: above === undefined ? Number.POSITIVE_INFINITY : row.y - above.y,
    x0: row.chunks[0]?.x0 ?? 0,
  };
}

/** Appends the cells of `next` to those of `row`. */
function append(row: CellLine, next: CellLine, known: Vocabulary): void {
  for (const [i, cell] of next.cells.entries())
    if (cell !== '') row.cells[i] = joinText(row.cells[i] ?? '', cell, known);
}

/** Share of the lines' boundaries that are drawn, where drawn lines part the rows. */
const mostlyDrawn = 0.25;

/** Two figures in one column are two rows. */
const clashes = (line: CellLine, row: CellLine): boolean =>
  line.cells.some((cell, i) => isNumeric(cell) && isNumeric(row.cells[i] ?? ''));

const onlyFirst = ({ cells }: CellLine): boolean => cells[0] !== '' && cells.slice(1).every((cell) => cell === '');

/** True when a line goes on with the row above. */
function continues(line: CellLine, row: CellLine, numeric: readonly boolean[], leading: number): boolean {
  if (line.gap > 1.35 * leading) return false;
  const filled = line.cells.flatMap((cell, i) => (cell === '' ? [] : [i]));
  const goesOn = filled.every((i) => row.cells[i] !== '' && !isNumeric(line.cells[i] ?? '') && !numeric[i]);
  if (line.cells[0] === '') return goesOn;
  // The rest of a long label, set in.
  const part = filled.length < row.cells.filter((cell) => cell !== '').length;
  return part && /^[\p{Ll}(]/u.test(line.cells[0] ?? '') && goesOn;
}

/** True when a line is the beginning of the label that the next line ends. */
const begins = (line: CellLine, next: CellLine): boolean =>
  onlyFirst(line) &&
  !onlyFirst(next) &&
  /^\p{Ll}/u.test(next.cells[0] ?? '') &&
  /[\p{L},-]$/u.test(line.cells[0] ?? '');

/** Texts of the cells of the body's rows. */
export function bodyRows(
  rows: readonly Row[],
  { columns, numeric, rules }: { columns: readonly Column[]; numeric: readonly boolean[]; rules: readonly Rule[] },
  known: Vocabulary,
): string[][] {
  const lines = rows.map((row, i) => cellLine(row, columns, rows[i - 1]));
  const width = (columns.at(-1)?.x1 ?? 0) - (columns[0]?.x0 ?? 0);
  const ys = rules.filter(({ x0, x1 }) => x1 - x0 > 0.7 * width).map(({ y0 }) => y0);
  const drawn = lines.map(({ y }, i) => i > 0 && ys.some((place) => place < y && place > (lines[i - 1]?.y ?? 0)));
  const isDrawn = drawn.filter((is) => is).length >= Math.max(2, mostlyDrawn * (lines.length - 1));
  const gaps = lines.slice(1).map(({ gap }) => gap);
  // Lines of one cell stand as near as any.
  const sorted = [...gaps].sort((a, b) => a - b);
  const leading = Math.min(median(gaps, 0), 1.3 * (sorted[Math.floor(0.2 * sorted.length)] ?? 0));
  const found: CellLine[] = [];
  for (const [i, line] of lines.entries()) {
    const above = found.at(-1);
    const pending = above !== undefined && lines[i - 1] === above && begins(above, line) && !isDrawn;
    const joined =
      above !== undefined &&
      (isDrawn ? !drawn[i] && !clashes(line, above) : pending || continues(line, above, numeric, leading));
    if (joined) append(above, line, known);
    else found.push(line);
  }
  return found.map(({ cells }) => cells);
}
