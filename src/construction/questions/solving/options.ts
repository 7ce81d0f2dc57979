/** @file How solvers read the options and the numbered items of a question. */

/** An option or item with its letter or number. */
export interface ShownOption {
  readonly letter: string;
  readonly text: string;
}

/** Lines such as `(A) Ann`. */
export const shownOptions = (lines: string | undefined): ShownOption[] =>
  [...(lines ?? '').matchAll(/^\(([A-Z])\) (.+)$/gm)].map(([, letter = '', text = '']) => ({ letter, text }));

/** Lines such as `1: “wording”`. */
export const shownItems = (lines: string | undefined): ShownOption[] =>
  [...(lines ?? '').matchAll(/^(\d+): (.+)$/gm)].map(([, letter = '', text = '']) => ({ letter, text }));
