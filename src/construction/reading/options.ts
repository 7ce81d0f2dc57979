/**
 * @file The lettered options of a multiple-choice question, one a line.
 */
import type { Random } from '../../random.ts';

const letters = ['A', 'B', 'C', 'D', 'E'] as const;

/** `(A) ...` lines in random order, and the letter of the right one; undefined when two options are equal. */
export function letterOptions(
  right: string,
  others: readonly string[],
  rng: Random,
): { lines: string; letter: string } | undefined {
  const options = rng.shuffle([right, ...others]);
  const letter = letters[options.indexOf(right)];
  if (letter === undefined || new Set(options.map((o) => o.toLowerCase())).size < options.length) return undefined;
  return { lines: options.map((option, i) => `(${letters[i]}) ${option}`).join('\n'), letter };
}
