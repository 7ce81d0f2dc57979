/**
 * @file The lines of a text, one at a time, so that no copy of a long text is made. Blank lines are told by their neighbours.
 */

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

/** @param from Where to begin. */
function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** The lines with words. */
export function* linesOf(text: string): Generator<Line> {
  let afterBlank = true;
  let at = 0;
  let open: Omit<Line, 'beforeBlank'> | undefined;
  while (at < text.length) {
    const stop = text.indexOf('\n', at);
    const stopped = stop < 0 ? text.length : stop;
    const start = skipBlanks(text, at, stopped);
    if (open !== undefined) yield { ...open, beforeBlank: start === stopped };
    open = undefined;
    if (start < stopped) {
      let end = stopped;
      while (isBlank(text.charCodeAt(end - 1))) end--;
      open = { start, end, words: text.slice(start, Math.min(end, start + looked)), afterBlank };
    }
    afterBlank = start === stopped;
    at = stopped + 1;
  }
  if (open !== undefined) yield { ...open, beforeBlank: true };
}
