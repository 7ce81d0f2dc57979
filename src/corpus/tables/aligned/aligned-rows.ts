/** @file The rows of a table that is set out by blanks: cells by columns, lines that go on, names of groups. */
import { type Line, pieceOf, type Shown } from '../lines.ts';
import type { Piece } from '../table.ts';
import { cellsIn, type Zone } from './aligned-columns.ts';
import type { Layout } from './aligned-layout.ts';
import { hasGap, indentOf, isFigure, unglued } from './aligned-signs.ts';

const labelOnly = (cells: readonly Piece[]): boolean =>
  cells[0]?.value !== '' && cells.slice(1).every(({ value }) => value === '');

/** Whether the words alone in a line go on in the next one: in small letters, or where the lines around stand as far in as no group does. */
function goesOn(lines: readonly Shown[], at: number): boolean {
  const [before, line, next, after] = [lines[at - 1], lines[at], lines[at + 1], lines[at + 2]];
  if (line === undefined || next === undefined || /[:：]\s*$/.test(line.line.text)) return false;
  if (/^\s*\p{Ll}/u.test(next.line.text)) return true;
  const indent = indentOf(line);
  const further = indentOf(next) > indent && (after === undefined || indentOf(after) <= indent);
  return further && indent > 0 && before !== undefined && indentOf(before) === indent && hasGap(before.line.text);
}

/** Continued lines belong to the row above; the names of groups stay rows of their own. Undefined where a line does not fit. */
export function rowsOf({ zones, body, header }: Layout): Piece[][] | undefined {
  const rows: Piece[][] = [];
  let label: Piece | undefined;
  for (const [i, shown] of body.entries()) {
    const { line } = shown;
    const text = line.text.trim();
    const cells = lineCells(shown, zones);
    if (cells === undefined || (labelOnly(cells) && (text.length > 100 || /[.!?]$/.test(text)))) return undefined;
    const above = rows.at(-1);
    if (
      cells[0]?.value === '' &&
      above !== undefined &&
      cells.every(({ value }) => !isFigure(value)) &&
      header.names.length > 0
    ) {
      rows[rows.length - 1] = above.map((cell, column) => continued(cell, cells[column]));
      continue;
    }
    const [first, ...others] = cells;
    if (label !== undefined && first !== undefined) rows.push([continued(label, first), ...others]);
    else if (labelOnly(cells) && goesOn(body, i)) {
      label = first;
      continue;
    } else rows.push(cells);
    label = undefined;
  }
  return rows;
}

/** Words one blank apart that begin under the first column are the name of a group, however far they run. */
function lineCells(shown: Shown, zones: readonly Zone[]): Piece[] | undefined {
  const cells = cellsIn(shown, zones)?.map(unglued);
  if (hasGap(shown.line.text) || indentOf(shown) >= (zones[1]?.left ?? 0)) return cells;
  return cells?.some(({ value }, column) => column > 0 && isFigure(value))
    ? cells
    : wholeLine(shown.line, zones.length);
}

function wholeLine(line: Line, width: number): Piece[] {
  const end = pieceOf(line, line.text.length, line.text.length);
  return [pieceOf(line, 0, line.text.length), ...Array.from({ length: width - 1 }, () => end)];
}

const continued = (cell: Piece, more: Piece | undefined): Piece =>
  more === undefined || more.value === ''
    ? cell
    : cell.value === ''
      ? more
      : { value: `${cell.value} ${more.value}`, span: cell.span };
