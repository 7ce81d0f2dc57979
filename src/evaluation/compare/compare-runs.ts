/**
 * @file Is run B better than run A? Both answered the same items, so each item gives one difference and its difficulty cancels. Per
 * benchmark: paired bootstrap over clusters, items that flipped, and a p-value that is corrected for the number of benchmarks
 * (Holm 1979), because of twenty comparisons one is "significant" by chance.
 */
import { UsageError } from '../../errors.ts';
import { benchmarks } from '../benchmarks/registry.ts';
import type { EvaluationDirectory } from '../run/evaluation-directory.ts';
import type { SampleRow } from '../run/score-samples.ts';
import { clusteredError } from '../run/summary.ts';
import { type Change, comparePaired, type PairedScore, twoSidedP } from './statistics.ts';

/** An item whose score changed by 0.5 or more; scores are in [0, 1]. */
export interface Flip {
  readonly benchmark: string;
  readonly id: string;
  readonly before: number;
  readonly after: number;
}

/** What one benchmark says, over the items that both runs answered. */
export interface BenchmarkComparison {
  readonly benchmark: string;
  readonly change: Change;
  /** Two-sided, from the clustered standard error of the differences. */
  readonly p: number;
  /** Still below 0.05 after Holm's correction. */
  readonly significant: boolean;
  readonly better: number;
  readonly worse: number;
  /** Items that only one run answered. */
  readonly unpaired: number;
}

/** B against A; `before` and `after` are their directories. */
export interface RunComparison {
  readonly before: string;
  readonly after: string;
  readonly benchmarks: readonly BenchmarkComparison[];
  /** Unweighted mean over the benchmarks. */
  readonly mean: Change;
  readonly flips: readonly Flip[];
  readonly notes: readonly string[];
}

interface ItemScore {
  readonly row: SampleRow;
  readonly score: number;
}

/** Mean score of each answered item, by benchmark and id. */
function itemScores(rows: readonly SampleRow[]): Map<string, ItemScore> {
  const sums = new Map<string, { row: SampleRow; sum: number; count: number }>();
  for (const row of rows) {
    if (row.state === 'error') continue;
    const key = `${row.benchmark}\n${row.id}`;
    const entry = sums.get(key);
    if (entry === undefined) sums.set(key, { row, sum: row.score, count: 1 });
    else {
      entry.sum += row.score;
      entry.count++;
    }
  }
  return new Map([...sums].map(([key, { row, sum, count }]) => [key, { row, score: sum / count }]));
}

/** Which of several p-values stay below `level` after Holm's correction. */
export function holm(values: readonly number[], level = 0.05): boolean[] {
  const order = values.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const significant = values.map(() => false);
  for (const [rank, { p, index }] of order.entries()) {
    if (p > level / (values.length - rank)) break;
    significant[index] = true;
  }
  return significant;
}

const headlineBySubset = (name: string): boolean =>
  benchmarks.some((benchmark) => benchmark.name === name && benchmark.headline === 'subsets');

const differenceP = (pairs: readonly PairedScore[]): number => {
  const rows = pairs.map(({ cluster, before, after }) => ({ cluster, score: after - before }));
  const mean = rows.reduce((sum, { score }) => sum + score, 0) / rows.length;
  const error = clusteredError(rows);
  if (error === null) return 1;
  const p = error === 0 ? Number(mean === 0) : twoSidedP(mean / error);
  // No smaller than that all documents change in one direction, as signs drawn by chance do.
  return Math.max(p, 2 ** (1 - new Set(rows.map(({ cluster }) => cluster)).size));
};

/** Compares two sets of samples. @throws UsageError when they share no item */
export function compareSamples(before: readonly SampleRow[], after: readonly SampleRow[], seed: number) {
  const [left, right] = [itemScores(before), itemScores(after)];
  const pairs = new Map<string, PairedScore[]>();
  const flips: Flip[] = [];
  for (const [key, { row, score }] of left) {
    const partner = right.get(key);
    if (partner === undefined) continue;
    const { benchmark, id, cluster, subset } = row;
    const task = headlineBySubset(benchmark) ? subset : benchmark;
    const own = pairs.get(benchmark) ?? [];
    own.push({ task, cluster, before: score, after: partner.score });
    pairs.set(benchmark, own);
    if (Math.abs(score - partner.score) >= 0.5) flips.push({ benchmark, id, before: score, after: partner.score });
  }
  if (pairs.size === 0) {
    throw new UsageError(
      'nothing-shared',
      'The two runs share no answered item.',
      'Compare runs on the same benchmarks.',
    );
  }
  const names = [...pairs.keys()];
  const ps = names.map((name) => differenceP(pairs.get(name) ?? []));
  const kept = holm(ps);
  const count = (scores: Map<string, ItemScore>, name: string) =>
    [...scores.keys()].filter((key) => key.startsWith(`${name}\n`)).length;
  const compared = names.map((benchmark, index): BenchmarkComparison => {
    const own = pairs.get(benchmark) ?? [];
    return {
      benchmark,
      change: comparePaired(own, { seed }).mean,
      p: ps[index] ?? 1,
      significant: kept[index] ?? false,
      better: own.filter((pair) => pair.after > pair.before + 1e-9).length,
      worse: own.filter((pair) => pair.after < pair.before - 1e-9).length,
      unpaired: count(left, benchmark) + count(right, benchmark) - 2 * own.length,
    };
  });
  const all = names.flatMap((name) =>
    (pairs.get(name) ?? []).map((pair) => ({ ...pair, task: name, cluster: `${name} ${pair.cluster}` })),
  );
  return { benchmarks: compared, mean: comparePaired(all, { seed }).mean, flips };
}

/** Compares two run directories. @throws UsageError, InputError */
export async function compareRuns(before: EvaluationDirectory, after: EvaluationDirectory): Promise<RunComparison> {
  const [left, right] = [await before.readRecord(), await after.readRecord()];
  const result = compareSamples(await before.readSamples(), await after.readSamples(), left?.settings.seed ?? 0);
  const notes: string[] = [];
  if (left?.settings.profile !== right?.settings.profile) {
    notes.push(
      `The runs are scored by different profiles (${left?.settings.profile}, ${right?.settings.profile}): score one of them again.`,
    );
  }
  for (const { benchmark } of result.benchmarks) {
    const hashes = [left, right].map((record) => record?.data[benchmark]?.files.map(({ sha256 }) => sha256).join(' '));
    if (hashes[0] !== hashes[1]) notes.push(`${benchmark}: the runs read different files.`);
  }
  const many = result.benchmarks.length;
  if (many > 1) {
    notes.push(
      `${many} benchmarks are compared: of single 95 % intervals one in twenty excludes zero by chance. "significant" is after Holm's correction.`,
    );
  }
  return { before: before.path, after: after.path, ...result, notes };
}
