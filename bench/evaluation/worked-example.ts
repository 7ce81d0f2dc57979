/**
 * @file How many runs does +0.8 on the mean of six benchmarks need? Two models answer the same items; the second is better by 0.8 points
 * in truth. Items differ in difficulty: the chance of a right answer is drawn from a Beta distribution with the published mean, wide
 * enough that about two thirds of the items get the same verdict in most runs. Each simulation compares runs as `eval compare` does,
 * paired by item, and asks whether the difference is significant, and whether its sign is even right.
 *
 *   npx tsx bench/evaluation/worked-example.ts
 */
import { clusteredError } from '../../src/evaluation/run/summary.ts';
import { type Random, random } from '../../src/random.ts';

/** Items and published score of GoLongRL-30B-A3B. */
const six = [
  ['docmath', 800, 0.653],
  ['longbench-v2', 503, 0.551],
  ['frames', 824, 0.745],
  ['mrcr', 1500, 0.816],
  ['corpusqa', 320, 0.736],
  ['longbench-qa', 1000, 0.687],
] as const;
const gain = 0.008;
const simulations = 400;

/** Gamma variates (Marsaglia and Tsang 2000). */
function gamma(shape: number, draw: Random): number {
  if (shape < 1) return gamma(shape + 1, draw) * draw.next() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - draw.next())) * Math.cos(2 * Math.PI * draw.next());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - draw.next()) < 0.5 * normal * normal + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Mean `mean`, and variance mean (1 - mean) / 2: half of a verdict's variance lies between items, half within. */
function difficulty(mean: number, draw: Random): number {
  const [a, b] = [gamma(mean, draw), gamma(1 - mean, draw)];
  return a / (a + b);
}

const share = (chance: number, runs: number, draw: Random): number => {
  let right = 0;
  for (let run = 0; run < runs; run++) right += Number(draw.chance(chance));
  return right / runs;
};

function simulate(runs: number, draw: Random, paired: boolean): { difference: number; error: number } {
  let [difference, variance] = [0, 0];
  for (const [, items, mean] of six) {
    const rows = Array.from({ length: items }, (_, index) => {
      const before = difficulty(mean, draw);
      // The gain falls on items that are neither hopeless nor sure, in proportion to what is left to gain.
      const other = paired ? before : difficulty(mean, draw);
      const after = Math.min(1, other + (gain * other * (1 - other)) / ((mean * (1 - mean)) / 2));
      return { cluster: String(index), left: share(before, runs, draw), right: share(after, runs, draw) };
    });
    const differences = rows.map(({ cluster, left, right }) => ({ cluster, score: right - left }));
    const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    difference += average(differences.map(({ score }) => score)) / six.length;
    const errorOf = (side: 'left' | 'right') =>
      clusteredError(rows.map((row) => ({ cluster: row.cluster, score: row[side] }))) ?? 0;
    const own = paired ? (clusteredError(differences) ?? 0) ** 2 : errorOf('left') ** 2 + errorOf('right') ** 2;
    variance += own / six.length ** 2;
  }
  return { difference, error: Math.sqrt(variance) };
}

const percent = (count: number): string => `${Math.round((100 * count) / simulations)} %`.padStart(5);
process.stdout.write('runs of each  compared  standard error  found significant  wrong sign\n');
for (const paired of [false, true]) {
  for (const runs of [1, 2, 4, 8, 16]) {
    let [found, wrong, error] = [0, 0, 0];
    for (let k = 0; k < simulations; k++) {
      const result = simulate(runs, random('worked-example', runs, k, Number(paired)), paired);
      found += Number(result.difference > 1.96 * result.error);
      wrong += Number(result.difference < 0);
      error += (100 * result.error) / simulations;
    }
    process.stdout.write(
      `${String(runs).padStart(12)}  ${paired ? 'by item ' : 'unpaired'}  ${error.toFixed(2).padStart(14)}  ${percent(found).padStart(17)}  ${percent(wrong).padStart(10)}\n`,
    );
  }
}
