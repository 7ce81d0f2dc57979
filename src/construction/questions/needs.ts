/**
 * @file How much of a prompt an answer needs: the windows that hold its proof. A question whose proof fits into one window is a lookup,
 * however long the prompt.
 */
import type { Span } from '../../corpus/document.ts';
import type { CountTokens } from '../../tokens.ts';

/** Tokens of a window: a passage as retrievers cut them. */
export const windowTokens = 512;

/** What a sample's proof takes up. */
export interface Needs {
  /** The fewest windows of `windowTokens` that hold every place of the proof. */
  readonly windows: number;
  /** Tokens from the start of the first place to the end of the last. */
  readonly spread: number;
}

/** @param places of the proof, in characters of the prompt. Windows are laid greedily, which is the fewest on a line. */
export function needsOf(prompt: string, places: readonly Span[], countTokens: CountTokens): Needs {
  const ordered = [...places].sort((a, b) => a.start - b.start);
  const [first] = ordered;
  if (first === undefined) return { windows: 0, spread: 0 };
  const end = Math.max(...ordered.map((place) => place.end));
  const spread = countTokens(prompt.slice(first.start, end));
  const perToken = Math.max(1, (end - first.start) / Math.max(1, spread));
  const size = windowTokens * perToken;
  let windows = 0;
  let covered = -1;
  for (const place of ordered) {
    // A place longer than a window takes as many as it fills.
    let from = Math.max(place.start, covered);
    while (from < place.end) {
      windows++;
      covered = from + size;
      from = covered;
    }
  }
  return { windows, spread };
}
