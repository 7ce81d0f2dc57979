/**
 * @file A shuffle in which neither the order given nor its reverse is a good answer (g8).
 */
import type { Random } from '../../random.ts';

/** Items come in the right order; between one and two thirds of the pairs of the result are right. Undefined if none is found. */
export function mixedOrder<T>(ordered: readonly T[], rng: Random): T[] | undefined {
  const rank = new Map(ordered.map((item, i) => [item, i]));
  for (let i = 0; i < 20; i++) {
    const shuffled = rng.shuffle(ordered);
    const pairs = shuffled.flatMap((a, k) => shuffled.slice(k + 1).map((b) => (rank.get(a) ?? 0) < (rank.get(b) ?? 0)));
    const right = pairs.filter(Boolean).length;
    if (3 * right >= pairs.length && 3 * right <= 2 * pairs.length) return shuffled;
  }
  return undefined;
}
