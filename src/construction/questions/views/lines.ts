/** @file Options and items as the last lines of a question. */

/** `(A) text`, one a line. */
export const optionLines = (texts: readonly string[]): string =>
  texts.map((text, i) => `(${String.fromCharCode(65 + i)}) ${text}`).join('\n');

/** `1: text`, one a line. */
export const itemLines = (texts: readonly string[]): string => texts.map((text, i) => `${i + 1}: ${text}`).join('\n');
