/**
 * @file Which of two ways to train is better? Two trainings of one kind differ, and only a second seed shows by how much: the paired
 * t test over seeds, each with one training of either kind on the same questions. Its interval is wider than a bootstrap over the
 * questions, which takes the two policies as given.
 */

/** Differences in the unit of the scores. */
export interface OverSeeds {
  readonly mean: number;
  readonly ci95: readonly [low: number, high: number];
  /** Two-sided, of the difference being zero. */
  readonly p: number;
}

/**
 * Chance that |t| of Student's distribution with `freedom` degrees is smaller than `t` (Abramowitz and Stegun 26.7.3 and 26.7.4).
 *
 * @param freedom a whole number from 1
 */
export function studentWithin(t: number, freedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const cosine = Math.cos(angle);
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** The t that |t| stays below with the chance `within`, by bisection. */
function studentQuantile(within: number, freedom: number): number {
  let [low, high] = [0, 1e4];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (studentWithin(middle, freedom) < within) low = middle;
    else high = middle;
  }
  return low;
}

/** Mean of the differences and its standard error; endless for a single seed. @throws RangeError without seeds. */
function meanAndError(differences: readonly number[]): { mean: number; error: number } {
  const n = differences.length;
  if (n === 0) throw new RangeError('overSeeds: got no seeds, expected at least one');
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean, error: Infinity };
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

/**
 * Mean of the differences of the seeds with its 95 % t interval. A single seed says nothing: its interval is endless.
 *
 * @param differences one a seed
 * @example overSeeds([0.01, 0.03, 0.02]).ci95 // [-0.0048, 0.0448]
 * @throws RangeError without seeds.
 */
export function overSeeds(differences: readonly number[]): OverSeeds {
  const { mean, error } = meanAndError(differences);
  if (error === Infinity) return { mean, ci95: [-Infinity, Infinity], p: 1 };
  const freedom = differences.length - 1;
  const half = studentQuantile(0.95, freedom) * error;
  const p = error === 0 ? Number(mean === 0) : 1 - studentWithin(mean / error, freedom);
  return { mean, ci95: [mean - half, mean + half], p };
}

/**
 * The smallest true difference that a two-sided t test of seeds as many and as unlike as these finds in four of five cases.
 *
 * @param level of the test: 0.05 divided by their number where several are made (Holm's first step)
 * @throws RangeError without seeds.
 */
export function detectableDifference(differences: readonly number[], level = 0.05): number {
  const { error } = meanAndError(differences);
  if (error === Infinity) return Infinity;
  const freedom = differences.length - 1;
  // 80 % power: the upper fifth of t, which |t| is within in 60 % of cases.
  return (studentQuantile(1 - level, freedom) + studentQuantile(0.6, freedom)) * error;
}
