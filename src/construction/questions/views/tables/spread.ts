/**
 * @file About how many windows of a prompt a proof takes: programs over places far apart are tried first.
 */
import type { Context, Proof } from '../../question.ts';

/** Characters of about 512 tokens: a window of the proof, a passage of who looks the answer up. */
export const windowCharacters = { en: 2000, zh: 800 } as const;

/** Places of one document within a window count once. */
export function spreadOf({ language }: Pick<Context, 'language'>, proof: readonly Proof[]): number {
  const places = proof
    .map(({ document, span }) => ({ id: document.id, at: span.start }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.at - b.at));
  let windows = 0;
  let open: { id: string; at: number } | undefined;
  for (const place of places) {
    if (open !== undefined && open.id === place.id && place.at - open.at < windowCharacters[language]) continue;
    open = place;
    windows++;
  }
  return windows;
}

/** Those that take at least three windows first, then those that take two, each part in its order. */
export function spreadFirst<T>(items: readonly T[], windows: (item: T) => number): T[] {
  const taken = items.map((item) => Math.min(3, windows(item)));
  return [3, 2, 1, 0].flatMap((count) => items.filter((_, i) => taken[i] === count));
}
