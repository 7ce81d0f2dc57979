/**
 * @file Where an answer stands in a text as words of its own: "cat" does not stand in "concatenate", nor 12 in 12.5. Scripts without
 * spaces have no such borders.
 */

/** Letters and digits of scripts that put spaces between words. */
const wordLike = /[\p{L}\p{M}\p{N}]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const isWordLike = (character: string): boolean => wordLike.test(character) && !unspaced.test(character);

const isDigit = (character: string): boolean => /\d/.test(character);

/** The character that begins at or ends before a place; '' outside of the text. */
const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};
const characterBefore = (text: string, at: number): string => {
  const low = text.charCodeAt(at - 1);
  return at <= 0 ? '' : characterAt(text, low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1);
};

/** A number goes on over a point or comma that a digit follows. */
const joins = (inner: string, outer: string, beyond: string): boolean =>
  (isWordLike(inner) && isWordLike(outer)) || (isDigit(inner) && /[.,]/.test(outer) && isDigit(beyond));

/** Whether a part of a text begins and ends where words do. */
export function isWhole(text: string, start: number, end: number): boolean {
  const [first, last] = [characterAt(text, start), characterBefore(text, end)];
  return (
    !joins(first, characterBefore(text, start), text.charAt(start - 2)) &&
    !joins(last, characterAt(text, end), text.charAt(end + 1))
  );
}

/** The first place of a text where the words stand; -1 where they do not. */
export function findWhole(text: string, words: string): number {
  if (words === '') return -1;
  let at = text.indexOf(words);
  while (at >= 0 && !isWhole(text, at, at + words.length)) at = text.indexOf(words, at + 1);
  return at;
}

/** For comparison without letter case, width, spacing, kinds of quotation marks, and punctuation at the ends. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”‟″]/g, '"')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
