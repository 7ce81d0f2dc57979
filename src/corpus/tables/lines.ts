/** @file The columns of a screen that the characters of a line stand in, beside the lines themselves. */
import type { Span } from '../document.ts';
import type { Line } from '../structure/text-lines.ts';
import type { Piece } from './table.ts';

export { isBlank, type Line, linesOf } from '../structure/text-lines.ts';

/** Longer lines are no rows that anyone reads, and are not looked at. */
export const longestRow = 50_000;

/** From the first line's start to the last one's end. */
export const spanOfLines = (first: Line, last: Line): Span => ({
  start: first.start,
  end: last.start + last.text.trimEnd().length,
});

/** The trimmed text between two places of a line. */
export function pieceOf({ text, start }: Line, from: number, to: number): Piece {
  const raw = text.slice(from, to);
  const value = raw.trim();
  // Of an empty cell, where it begins.
  const at = start + Math.min(from, text.length) + (value === '' ? 0 : raw.length - raw.trimStart().length);
  return { value, span: { start: at, end: at + value.length } };
}

/** Characters that take two columns of a screen: Chinese, Japanese and Korean ones with their full-width marks. */
const isWide = (code: number): boolean =>
  code >= 0x1100 &&
  (code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6));

/** Characters that take none: combining marks and the second half of a pair. */
const isNarrowless = (code: number): boolean =>
  (code >= 0x300 && code <= 0x36f) || (code >= 0xdc00 && code <= 0xdfff) || (code >= 0x200b && code <= 0x200d);

/** A line as it is shown: at each column of the screen the character that stands there, and the index of it in the line. */
export interface Shown {
  readonly line: Line;
  /** Index in the line of the character in each column; one more at the end. */
  readonly index: readonly number[];
  /** Whether each column is blank. */
  readonly blank: readonly boolean[];
}

/** Tabs go to the next eighth column. */
const tabWidth = 8;

export function shownLine(line: Line): Shown {
  const [index, blank]: [number[], boolean[]] = [[], []];
  const { text } = line;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const space = code === 32 || code === 9 || code === 0x3000 || code === 0xa0;
    const width = code === 9 ? tabWidth - (index.length % tabWidth) : isWide(code) ? 2 : isNarrowless(code) ? 0 : 1;
    for (let column = 0; column < width; column++) {
      index.push(i);
      blank.push(space);
    }
  }
  index.push(text.length);
  return { line, index, blank };
}
