/** @file Markdown pipe tables, with and without outer pipes; of Emacs' org mode and of psql too, whose rule has `+` in it. */
import { type Line, longestRow, pieceOf, spanOfLines } from './lines.ts';
import type { Found, Piece } from './table.ts';

/** `| --- | :-: |`, `--- | ---`, `|-----+----|`, `----+----`. */
export function isPipeRule(line: Line | undefined): boolean {
  if (line === undefined || line.text.length > longestRow) return false;
  const text = line.text.trim();
  if (!/^[|:-][-|:+\s]*$/.test(text) || !/[|+]/.test(text)) return false;
  const parts = text.replace(/^\|/, '').replace(/\|$/, '').split(/[|+]/);
  return parts.every((part) => /^\s*:?-+:?\s*$/.test(part));
}

/** Places of the pipes that part cells: not those behind a backslash, nor, if so asked, those between backticks. */
function pipesOf(text: string, code: boolean): number[] {
  const found: number[] = [];
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '`' && code) inside = !inside;
    else if (char === '|' && !inside) found.push(i);
  }
  return inside ? pipesOf(text, false) : found;
}

/** Marks around a whole cell, a link's address, and the backslash before a pipe are not what a reader sees. */
function plainPiece(piece: Piece): Piece {
  if (!/^[*_`~[]|[\\<]/.test(piece.value)) return piece;
  const { value, span } = piece;
  const marked =
    /^(\*\*\*|\*\*|\*|__|_|`|~~)(?=\S)([^*_`~]*[^\s*_`~])\1$/.exec(value) ??
    /^(\[)([^[\]]+)\]\([^()\s]+\)$/.exec(value);
  const [, mark, inner] = marked ?? [];
  if (mark !== undefined && inner !== undefined) {
    const start = span.start + mark.length;
    return { value: unescaped(inner), span: { start, end: start + inner.length } };
  }
  return { value: unescaped(value), span };
}
const unescaped = (value: string): string => value.replaceAll('\\|', '|').replace(/<br\s*\/?>/gi, '; ');

/** The cells of a row with or without outer pipes; undefined for a line without pipes. */
function pipeCells(line: Line, code: boolean): Piece[] | undefined {
  const { text } = line;
  if (text.length > longestRow || !text.includes('|')) return undefined;
  const pipes = pipesOf(text, code);
  const cuts = [-1, ...pipes, text.length];
  const cells = cuts.slice(1).map((to, i) => plainPiece(pieceOf(line, (cuts[i] ?? -1) + 1, to)));
  const outer = text.trimStart().startsWith('|') ? 1 : 0;
  const closed = pipes.length > outer && text.trimEnd().endsWith('|') && !text.trimEnd().endsWith('\\|') ? 1 : 0;
  return cells.slice(outer, cells.length - closed);
}

const endOf = (line: Line): Piece => pieceOf(line, line.text.length, line.text.length);

/** A row in the width of its heading: what is missing is empty, as in Markdown; undefined where something is left over. */
function rowOf(line: Line, width: number): Piece[] | undefined {
  const plain = pipeCells(line, false);
  const cells = plain !== undefined && plain.length > width ? pipeCells(line, true) : plain;
  if (cells === undefined || cells.slice(width).some(({ value }) => value !== '')) return undefined;
  return Array.from({ length: width }, (_, column) => cells[column] ?? endOf(line));
}

const widthOfRule = (line: Line): number => line.text.trim().replace(/^\|/, '').replace(/\|$/, '').split(/[|+]/).length;

/** A heading over a rule, then rows up to a line without pipes. A rule among them parts groups and is no row. */
export function pipeTable(lines: readonly Line[], at: number): Found | undefined {
  const [head, rule] = [lines[at], lines[at + 1]];
  if (head === undefined || rule === undefined || !isPipeRule(rule)) return undefined;
  const width = widthOfRule(rule);
  const header = pipeCells(head, true);
  // A setext heading or a rule under a line of prose.
  if (header === undefined) return undefined;
  const rows: Piece[][] = [];
  let [next, last, ragged] = [at + 2, rule, header.length !== width];
  for (; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || !line.text.includes('|')) break;
    if (isPipeRule(line)) continue;
    const row = rowOf(line, width);
    if (row === undefined) ragged = true;
    else rows.push(row);
    last = line;
  }
  // One column is a list, or a box around something.
  if (width < 2) return { next };
  if (ragged) return { omitted: 'table-ragged', next };
  const columns = header.map(({ value }) => value);
  const below = secondHeading(columns, rows);
  const table = below === undefined ? { header: columns, rows } : { header: below, rows: rows.slice(1) };
  return { table: { ...table, span: spanOfLines(head, last) }, next };
}

/**
 * Markdown has one line of heading: where cells of it are empty behind a name, and the first row says something below these alone, it
 * is the heading's second line. `| Flat | Heat | |` over `| | day | night |` becomes `Flat`, `Heat / day`, `Heat / night`.
 */
function secondHeading(header: readonly string[], rows: readonly (readonly Piece[])[]): string[] | undefined {
  const [first, ...others] = rows;
  if (first === undefined || others.length < 2 || !header.slice(1).includes('')) return undefined;
  const over = header.map((name, column) =>
    name === '' ? header.slice(0, column).findLast((one) => one !== '') : name,
  );
  const isSpanned = (column: number): boolean => header[column] === '' || header[column + 1] === '';
  const fits = first.every(({ value }, column) =>
    isSpanned(column) ? value !== '' && !/^[-−+]?\d/.test(value) : value === '',
  );
  return fits
    ? over.map((name = '', column) => (isSpanned(column) ? `${name} / ${first[column]?.value}` : name))
    : undefined;
}
