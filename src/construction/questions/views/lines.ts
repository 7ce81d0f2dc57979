/** @file Options and items as the last lines of a question. */

/** The letter of an option, the first of them `A`. */
export const letterOf = (i: number): string => String.fromCharCode(65 + i);

/** `(A) text`, one a line. */
export const optionLines = (texts: readonly string[]): string =>
  texts.map((text, i) => `(${letterOf(i)}) ${text}`).join('\n');

/** `1: text`, one a line. */
export const itemLines = (texts: readonly string[]): string => texts.map((text, i) => `${i + 1}: ${text}`).join('\n');
