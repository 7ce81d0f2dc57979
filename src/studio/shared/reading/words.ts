/** @file The words of a text with their places; Chinese and Japanese characters count as words of their own. */

export interface PlacedWord {
  /** Lower case. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const wordPattern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+(?:[.,'’][\p{L}\p{N}]+)*/gu;

/** Whether a word goes on there: a letter or a digit. */
export const isWordCharacter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** In order. Numbers keep their points and commas: `1,193` is one word. */
export function wordsOf(text: string, start = 0, end = text.length): PlacedWord[] {
  const words: PlacedWord[] = [];
  const part = start === 0 && end === text.length ? text : text.slice(start, end);
  for (const match of part.matchAll(wordPattern))
    words.push({
      word: match[0].toLowerCase(),
      start: start + match.index,
      end: start + match.index + match[0].length,
    });
  return words;
}
