/** @file How prompts are prefilled: side by side in parts, or alone through the layered pass. */
import type { LayeredSequence } from '../train/layered/layered-pass.ts';

/** Parts of at most `most` tokens, padded, and the prompts that are longer. Empty ones need nothing. */
export function cutPrompts<T extends { readonly tokens: Int32Array }>(
  prompts: readonly T[],
  most: number,
): { parts: T[][]; long: T[] } {
  const short = prompts.filter(({ tokens }) => tokens.length > 0 && tokens.length <= most);
  const perPart = Math.max(1, Math.floor(most / Math.max(1, ...short.map(({ tokens }) => tokens.length))));
  const count = Math.ceil(short.length / perPart);
  return {
    parts: Array.from({ length: count }, (_, i) => short.slice(i * perPart, (i + 1) * perPart)),
    long: prompts.filter(({ tokens }) => tokens.length > most),
  };
}

/** A prompt of which the layered pass gives keys and values alone. */
export function promptSequence(tokens: Int32Array): LayeredSequence {
  const count = tokens.length;
  const positions = BigInt64Array.from({ length: count }, (_, i) => BigInt(i));
  return { tokens, positions, count, main: { start: 0, length: count }, tails: [], outputFrom: count };
}
