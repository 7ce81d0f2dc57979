/** @file The lines of a text with their places. */

/** A line without its end. */
export interface Line {
  readonly text: string;
  /** Place of its first character in the text. */
  readonly start: number;
}

/** Of the text that was asked about last: all finders of a document ask one after another. */
let last: { readonly text: string; readonly lines: readonly Line[] } = { text: '', lines: [{ text: '', start: 0 }] };

/** All lines of a text. */
export function linesOf(text: string): readonly Line[] {
  if (last.text === text) return last.lines;
  let start = 0;
  const lines = text.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return { text: line, start: at };
  });
  last = { text, lines };
  return lines;
}

/** Also beyond either end of the text. */
export const isBlank = (line: Line | undefined): boolean => line === undefined || !/\S/.test(line.text);

/** Numbers of the lines inside of fenced blocks. A fence that is never closed encloses nothing. */
export function fencedLines(lines: readonly Line[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let open: number | undefined;
  for (const [i, { text }] of lines.entries()) {
    if (!/^ {0,3}(?:```|~~~)/.test(text)) continue;
    for (let at = open ?? i; open !== undefined && at <= i; at++) inside.add(at);
    open = open === undefined ? i : undefined;
  }
  return inside;
}
