/** @file Lines of as many fields each, which stand apart by wide blanks and hardly below one another: Chinese tables typed by hand. */
import { isYear, numberOf } from './cell-values.ts';
import { type Line, pieceOf, spanOfLines } from './lines.ts';
import type { Piece, RawTable } from './table.ts';

const blanks = /\u3000+| {2,}|\t+/g;
const [leastColumns, leastRows, longestName] = [3, 3, 20];

function fieldsOf(line: Line): Piece[] {
  const from = line.text.length - line.text.trimStart().length;
  const end = line.text.trimEnd().length;
  const fields: Piece[] = [];
  let start = from;
  for (const { 0: gap, index } of line.text.slice(0, end).matchAll(blanks)) {
    if (index < from) continue;
    fields.push(pieceOf(line, start, index));
    start = index + gap.length;
  }
  return [...fields, pieceOf(line, start, end)];
}

/** A heading and rows of its width with figures; undefined where a line is wider or narrower. */
export function partedLines(lines: readonly Line[]): RawTable | undefined {
  const [head, ...body] = lines;
  const last = body.at(-1);
  if (head === undefined || last === undefined || body.length < leastRows - 1) return undefined;
  const header = fieldsOf(head).map(({ value }) => value);
  const named = header.every(
    (name) => name.length <= longestName && /\p{L}/u.test(name) && (numberOf(name) === undefined || isYear(name)),
  );
  if (header.length < leastColumns || !named || new Set(header).size < header.length) return undefined;
  const rows = body.map(fieldsOf);
  if (rows.some((row) => row.length !== header.length)) return undefined;
  const figures = rows.filter((row) => row.slice(1).every(({ value }) => numberOf(value) !== undefined)).length;
  return figures * 2 > rows.length ? { header, rows, span: spanOfLines(head, last) } : undefined;
}
