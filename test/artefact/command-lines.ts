/** @file The lines of a block of the shell. */

/** One logical line each: a backslash joins the next. */
export const commandLines = (text: string): string[] =>
  text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
