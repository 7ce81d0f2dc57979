/** @file Tables whose columns stand one blank apart, as in filings taken from PDF: `Cost of sales 800 (750)` under `(in thousands) 2019 2018`. */
import { isYear } from './cell-values.ts';
import { type Line, pieceOf, spanOfLines } from './lines.ts';
import type { Found, Piece } from './table.ts';

/** Longer lines are prose. */
const longestLine = 400;
const figure = /^[-−–(]?[$€£¥]?[-−(]?\d[\d,.]*\)?%?\)?$|^[-–—]$/;
const sign = /^[$€£¥]$/;
const [leastFigures, leastRows, longestHead] = [2, 2, 120];

/** The last word of a line without blanks at its end; a loop, because a pattern would be tried at every place of every line. */
function lastWord(line: string): string {
  if (!/[\d)%–—-]/.test(line.slice(-1))) return '';
  let start = line.length - 1;
  while (start > 0 && line.charAt(start - 1).trim() !== '') start--;
  return line.slice(start);
}

/** Cells of words and then figures; undefined for a line of anything else. */
function figureCells(line: Line): Piece[] | undefined {
  const { text } = line;
  if (text.length > longestLine || text.includes('|') || !figure.test(lastWord(text.trimEnd()))) return undefined;
  const words = [...text.matchAll(/\S+/g)];
  let first = words.length;
  const cells: Piece[] = [];
  while (first > 0) {
    const word = words[first - 1];
    if (word === undefined || !figure.test(word[0])) break;
    const before = words[first - 2];
    const signed = before !== undefined && sign.test(before[0]);
    const from = signed ? before.index : word.index;
    cells.unshift(pieceOf(line, from, word.index + word[0].length));
    first -= signed ? 2 : 1;
  }
  const end = words[first - 1];
  if (cells.length < leastFigures || end === undefined) return undefined;
  const label = pieceOf(line, 0, end.index + end[0].length);
  return /\p{L}/u.test(label.value) ? [label, ...cells] : undefined;
}

/** Names of the columns, where the line above the rows gives as many: words and years, or capitalised words. */
function headOf(line: Line, width: number): string[] | undefined {
  const cells = figureCells(line)?.map(({ value }) => value);
  if (cells?.length === width && cells.slice(1).every(isYear)) return cells;
  const words = line.text.trim().split(' ');
  const isHead =
    words.length === width &&
    line.text.length <= longestHead &&
    words.every((word) => isYear(word) || /^\p{Lu}/u.test(word));
  if (isHead) return words;
  // Years alone, over columns without a heading for the words.
  return words.length === width - 1 && words.every(isYear) ? ['', ...words] : undefined;
}

/** Rows of one width under a heading of as many columns. */
export function figureTable(lines: readonly Line[], at: number): Found | undefined {
  const [head, first] = [lines[at], lines[at + 1]];
  if (head === undefined || first === undefined || head.text.length > longestHead) return undefined;
  const width = figureCells(first)?.length ?? 0;
  const header = width === 0 ? undefined : headOf(head, width);
  if (header === undefined) return undefined;
  const rows: Piece[][] = [];
  let [next, last] = [at + 1, head];
  for (; next < lines.length; next++) {
    const line = lines[next];
    const cells = line && figureCells(line);
    if (line === undefined || cells?.length !== width) break;
    rows.push(cells);
    last = line;
  }
  return rows.length < leastRows ? undefined : { table: { header, rows, span: spanOfLines(head, last) }, next };
}
