/**
 * @file What Python's regular expressions and string methods mean, for scorers that must agree with it: `\w`, `\d`, `\s` and `\b`
 * know all of Unicode there and only ASCII here; `$` also matches before a last line end there.
 */

/** `\s`, to be put between brackets. */
export const space = '\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** `\w`, to be put between brackets; needs the flag `u`. */
export const word = '\\p{L}\\p{N}_';
/** `\b`; needs the flag `u`. */
export const boundary = `(?:(?<![${word}])(?=[${word}])|(?<=[${word}])(?![${word}]))`;
/** `$` without `re.MULTILINE`: the end, or just before a line end there. */
export const end = '(?=\\n?$)';
/** `^` and `$` with `re.MULTILINE`, for which only `\n` ends a line. */
export const lineStart = '(?<![^\\n])';
/** The end, or the place before any `\n`. */
export const lineEnd = '(?![^\\n])';

const articles = new RegExp(`${boundary}(?:a|an|the)${boundary}`, 'gu');
const punctuation = /[!-/:-@[-`{-~]/g;

/** `re.sub(r"\b(a|an|the)\b", " ", text)`. */
export const withoutArticles = (text: string): string => text.replace(articles, ' ');

/** Drops the 32 characters of `string.punctuation`. */
export const withoutPunctuation = (text: string): string => text.replace(punctuation, '');

const wordCharacter = new RegExp(`[${word}]`, 'u');

/** Whether `\b` holds at an index of the text. */
function atBoundary(text: string, index: number): boolean {
  const previous = index - (/[\udc00-\udfff]/.test(text.charAt(index - 1)) ? 2 : 1);
  const before = index > 0 && wordCharacter.test(String.fromCodePoint(text.codePointAt(previous) ?? 0));
  const after = index < text.length && wordCharacter.test(String.fromCodePoint(text.codePointAt(index) ?? 0));
  return before !== after;
}

/** `re.search(rf"\b{re.escape(part)}\b", text)`, without compiling a pattern of Unicode classes for each part. */
export function containsWhole(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (atBoundary(text, at) && atBoundary(text, at + part.length)) return true;
    if (at >= text.length) return false;
  }
  return false;
}

const breakCharacters = ['\n', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x85', '\u2028', '\u2029'].join('');
const lineBreaks = new RegExp(`\r\n|[${breakCharacters}]`);

/** The lines of `str.splitlines()`. */
export function splitLines(text: string): string[] {
  const lines = text.split(lineBreaks);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** `text.strip(characters)` for characters of the basic plane. */
export function stripCharacters(text: string, characters: string, sides: 'both' | 'right' = 'both'): string {
  let [start, stop] = [0, text.length];
  while (sides === 'both' && start < stop && characters.includes(text.charAt(start))) start++;
  while (stop > start && characters.includes(text.charAt(stop - 1))) stop--;
  return text.slice(start, stop);
}
