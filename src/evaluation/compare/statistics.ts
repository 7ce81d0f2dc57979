/**
 * @file Paired cluster bootstrap (Efron and Tibshirani 1993; clusters as in Cameron et al. 2008): is the policy better after
 * training? Samples of one document are not independent, so whole documents are drawn with replacement. Before and after
 * are scored on the same samples, so each sample contributes one difference and its difficulty cancels.
 */
import { random } from '../../random.ts';

/** A sample scored before and after, each in [0, 1]. */
export interface PairedScore {
  readonly task: string;
  /** Primary document. */
  readonly cluster: string;
  readonly before: number;
  readonly after: number;
}

/** Two means on the same samples, each in [0, 1]. */
export interface Change {
  readonly before: number;
  readonly after: number;
  /** 95 % interval of after - before: percentiles 2.5 and 97.5 of the resampled differences; [-1, 1] of too few documents. */
  readonly ci95: readonly [low: number, high: number];
  readonly samples: number;
}

/** What `comparePaired` makes of the scores, by task and over all. */
export interface Comparison {
  readonly tasks: Readonly<Record<string, Change>>;
  /** Unweighted mean over the tasks. */
  readonly mean: Change;
  /** Documents. */
  readonly clusters: number;
}

/** The same scores and seed give the same interval. */
export interface BootstrapOptions {
  readonly seed: number;
  /** Default 5,000. */
  readonly resamples?: number;
  /**
   * A change on fewer documents has the interval [-1, 1]. Default 6: if the sign of each document's change is chance, all of five agree
   * in 2 of 32 cases, so that no 95 % statement is possible, and resampling cannot know: of one document it always draws the same.
   * 1 for the level of one run (`before` is 0), which is no change.
   */
  readonly leastClusters?: number;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Linear-interpolated percentile of sorted values, q in [0, 1]. */
export function percentile(sorted: ArrayLike<number>, q: number): number {
  const position = q * (sorted.length - 1);
  const low = Math.floor(position);
  const left = sorted[low] ?? Number.NaN;
  const right = sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN;
  return left + (right - left) * (position - low);
}

const interval = (values: number[]): [number, number] => {
  const sorted = Float64Array.from(values).sort();
  return [percentile(sorted, 0.025), percentile(sorted, 0.975)];
};

/** Scores lie in [0, 1], so this says nothing. */
const anyChange = (): [number, number] => [-1, 1];

/** Whether there were too few documents for an interval. */
export const isAnyChange = ({ ci95: [low, high] }: { readonly ci95: readonly number[] }): boolean =>
  low === -1 && high === 1;

/** Sums of differences and counts by cluster and task: a resample then costs clusters x tasks, not samples. */
function tally(pairs: readonly PairedScore[], tasks: readonly string[]) {
  const clusters = [...new Set(pairs.map(({ cluster }) => cluster))];
  const clusterIndex = new Map(clusters.map((cluster, index) => [cluster, index]));
  const taskIndex = new Map(tasks.map((task, index) => [task, index]));
  const sums = new Float64Array(clusters.length * tasks.length);
  const counts = new Float64Array(clusters.length * tasks.length);
  for (const { cluster, task, before, after } of pairs) {
    const cell = (clusterIndex.get(cluster) ?? 0) * tasks.length + (taskIndex.get(task) ?? 0);
    sums[cell] = (sums[cell] as number) + after - before;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return { clusters: clusters.length, sums, counts };
}

/**
 * After minus before for each task and for their unweighted mean, with 95 % intervals.
 *
 * @example comparePaired([{ task: 'T1', cluster: 'Kenya', before: 0, after: 1 }], { seed: 1 }).mean.ci95
 * @throws RangeError without samples.
 */
export function comparePaired(pairs: readonly PairedScore[], options: BootstrapOptions): Comparison {
  if (pairs.length === 0) throw new RangeError('comparePaired: got no samples, expected at least one');
  const tasks = [...new Set(pairs.map(({ task }) => task))].sort();
  const { leastClusters = 6 } = options;
  const { clusters, sums, counts } = tally(pairs, tasks);
  const rng = random(options.seed, 'bootstrap');
  const draws: number[][] = tasks.map(() => []);
  const means: number[] = [];
  for (let resample = 0; resample < (options.resamples ?? 5_000); resample++) {
    const sum = new Float64Array(tasks.length);
    const count = new Float64Array(tasks.length);
    for (let draw = 0; draw < clusters; draw++) {
      const row = rng.integer(0, clusters - 1) * tasks.length;
      for (let k = 0; k < tasks.length; k++) {
        sum[k] = (sum[k] as number) + (sums[row + k] as number);
        count[k] = (count[k] as number) + (counts[row + k] as number);
      }
    }
    const changes: number[] = [];
    for (let k = 0; k < tasks.length; k++) {
      // A resample may miss every document of a task; the task then has no value in it.
      if (count[k] === 0) continue;
      const change = (sum[k] as number) / (count[k] as number);
      draws[k]?.push(change);
      changes.push(change);
    }
    means.push(average(changes));
  }
  const byTask = Object.fromEntries(
    tasks.map((task, k): [string, Change] => {
      const own = pairs.filter((pair) => pair.task === task);
      const before = average(own.map((pair) => pair.before));
      const after = average(own.map((pair) => pair.after));
      const few = new Set(own.map(({ cluster }) => cluster)).size < leastClusters;
      return [task, { before, after, ci95: few ? anyChange() : interval(draws[k] ?? []), samples: own.length }];
    }),
  );
  const rows = Object.values(byTask);
  const mean = {
    before: average(rows.map(({ before }) => before)),
    after: average(rows.map(({ after }) => after)),
    ci95: clusters < leastClusters ? anyChange() : interval(means),
    samples: pairs.length,
  };
  return { tasks: byTask, mean, clusters };
}

/** Two-sided p-value of a standard normal deviate (Abramowitz and Stegun 7.1.26, error below 2e-7). */
export function twoSidedP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, series * Math.exp(-x * x));
}
