/** @file Texts of strangers (file names, columns) as they may stand on a terminal: no escape sequence, no line end of their own. */

const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

const code = (character: string): string => character.charCodeAt(0).toString(16);

/** The same for texts of several lines, as they may stand within JSON too: line ends and tabs stay. */
export const printableLines = (text: string): string =>
  text.replace(unprintable, (character) =>
    /[\n\t]/.test(character) ? character : `\\u${code(character).padStart(4, '0')}`,
  );

/** @example printable('a\u001b[31m\nb') // 'a\\x1b[31m\\x0ab' */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => {
    const digits = code(character);
    return digits.length <= 2 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
  });
