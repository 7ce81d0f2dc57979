/** @file Texts of strangers (file names, columns) as they may stand on a terminal: no escape sequence, no line end of their own. */

const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** @example printable('a\u001b[31m\nb') // 'a\\x1b[31m\\x0ab' */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
