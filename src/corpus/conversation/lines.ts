/** @file The lines of a text, one at a time, so that no copy of a long text is made. Blank lines are told by their neighbours. */

/** A line that is not blank; offsets are characters of the text. */
export interface Line {
  /** Where its first character stands that is no blank. */
  readonly start: number;
  /** Behind its last character that is no blank. */
  readonly end: number;
  /** Its words, cut off where no name can stand any more: a line may be a whole book. */
  readonly words: string;
  /** Whether the text or a blank line comes before. */
  readonly afterBlank: boolean;
  /** Whether a blank line or the end comes after. */
  readonly beforeBlank: boolean;
}

/** Characters of a line that are looked at. */
const looked = 200;

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 0xa0 || code === 0x3000;

/** Where the next character stands that is no blank, `end` at the latest. */
function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The line at these offsets, as `eachLine` gives them. */
export const lineAt = (text: string, start: number, end: number, afterBlank: boolean, beforeBlank: boolean): Line => ({
  start,
  end,
  words: text.slice(start, Math.min(end, start + looked)),
  afterBlank,
  beforeBlank,
});

/** Gives `visit` the start and the end of each line with words, and whether a blank line stands before it and after. */
export function eachLine(
  text: string,
  visit: (start: number, end: number, afterBlank: boolean, beforeBlank: boolean) => void,
): void {
  let afterBlank = true;
  let stop = lineEnd(text, 0);
  let start = skipBlanks(text, 0, stop);
  while (stop < text.length || start < stop) {
    const nextStop = lineEnd(text, stop + 1);
    const nextStart = skipBlanks(text, stop + 1, nextStop);
    if (start < stop) {
      let end = stop;
      while (isBlank(text.charCodeAt(end - 1))) end--;
      visit(start, end, afterBlank, nextStart >= nextStop);
      afterBlank = false;
    } else afterBlank = true;
    [stop, start] = [nextStop, nextStart];
  }
}

function lineEnd(text: string, from: number): number {
  if (from >= text.length) return text.length;
  const stop = text.indexOf('\n', from);
  return stop < 0 ? text.length : stop;
}
