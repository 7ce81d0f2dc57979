/**
 * @file How likely chance alone is to bring a count about.
 */
import { twoSidedP } from '../../evaluation/compare/statistics.ts';

/**
 * Probability that a chi-square variable exceeds `value`, in closed form by the recurrence over two degrees of freedom.
 *
 * @example chiSquareP(3.841, 1) // 0.05
 */
export function chiSquareP(value: number, degrees: number): number {
  if (degrees < 1 || value <= 0) return 1;
  const half = value / 2;
  const odd = degrees % 2 === 1;
  let tail = odd ? twoSidedP(Math.sqrt(value)) : Math.exp(-half);
  let term = odd ? (Math.sqrt(half) * Math.exp(-half) * 2) / Math.sqrt(Math.PI) : half * Math.exp(-half);
  for (let have = odd ? 1 : 2; have < degrees; have += 2) {
    tail += term;
    term *= half / (have / 2 + 1);
  }
  return Math.min(1, tail);
}

/** Pearson's statistic of counts that are all equally likely. */
export function evenness(counts: readonly number[]): { readonly value: number; readonly degrees: number } {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const value = expected === 0 ? 0 : counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return { value, degrees: counts.length - 1 };
}
