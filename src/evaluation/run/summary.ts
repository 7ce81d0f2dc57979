/**
 * @file What the samples of a benchmark come to: score with coverage and interval, repeats, breakdowns. Intervals come from a bootstrap
 * over clusters (documents or questions), because repeats and questions on one document are not independent; the clustered standard
 * error (Miller 2024, "Adding error bars to evals") stands beside as a check.
 */
import { groupBy } from '../../group-by.ts';
import type { Benchmark } from '../benchmark.ts';
import { comparePaired } from '../compare/statistics.ts';
import { type SampleRow, type SampleState, sampleStates } from './score-samples.ts';

/** Below this share of answered samples there is no headline. */
export const leastCoverage = 0.99;

/** Mean score in [0, 1] over `samples` answered ones. */
export interface Estimate {
  readonly samples: number;
  readonly score: number;
}

/** Scores, coverage and intervals are in [0, 1]; tables show percent. */
export interface BenchmarkSummary {
  readonly benchmark: string;
  readonly title: string;
  readonly items: number;
  readonly samples: number;
  readonly states: Readonly<Record<SampleState, number>>;
  readonly coverage: number;
  /** Mean over answered samples (or over subsets); null without any. */
  readonly score: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly clusteredError: number | null;
  /** The same with errors counted as 0: a lower bound. */
  readonly scoreErrorsAsZero: number;
  /** Mean of what rules alone say, over answered samples. */
  readonly ruleScore: number | null;
  readonly judged: boolean;
  /** Cohen's kappa of rule and judge. */
  readonly kappa: number | null;
  readonly repeats: RepeatSummary | null;
  readonly subsets: Readonly<Record<string, Estimate>>;
  readonly groups: Readonly<Record<string, Readonly<Record<string, Estimate>>>>;
  readonly lengths: Readonly<Record<string, Estimate>>;
  readonly depths: Readonly<Record<string, Estimate>>;
  /** Length by depth: `8K-16K|0.4-0.6`. */
  readonly cells: Readonly<Record<string, Estimate>>;
  readonly truncatedPrompts: number;
  readonly tokens: { readonly prompt: number; readonly completion: number };
}

/** Over items with all `k` repeats answered; null in a summary where there are none. */
export interface RepeatSummary {
  readonly k: number;
  /** Mean over all repeats. */
  readonly avg: number;
  /** At least one of j right, by j (Chen et al. 2021, unbiased). */
  readonly passAt: Readonly<Record<string, number>>;
  /** All of j right, by j. */
  readonly passHat: Readonly<Record<string, number>>;
  /** The most frequent answer right. */
  readonly majority: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** C(n - c, j) / C(n, j): the chance that j of n draws hold none of c. */
function chanceOfNone(n: number, c: number, j: number): number {
  if (n - c < j) return 0;
  let chance = 1;
  for (let i = 0; i < j; i++) chance *= (n - c - i) / (n - i);
  return chance;
}

const isRight = ({ score }: SampleRow): boolean => score >= 1 - 1e-9;

function majorityRight(rows: readonly SampleRow[]): number {
  const votes = new Map<string, SampleRow[]>();
  for (const row of rows) {
    const answer = row.extracted.trim().toLowerCase();
    // No answer is no vote.
    if (answer !== '') votes.set(answer, [...(votes.get(answer) ?? []), row]);
  }
  const most = Math.max(0, ...[...votes.values()].map((own) => own.length));
  const winners = [...votes.values()].filter((own) => own.length === most);
  // A tie is broken by chance: its expected value.
  return winners.length === 0 ? 0 : mean(winners.map((own) => mean(own.map((row) => Number(isRight(row))))));
}

/** Over items with all their repeats answered. */
export function summarizeRepeats(rows: readonly SampleRow[], k: number): RepeatSummary | null {
  if (k < 2) return null;
  const byItem = groupBy(rows, ({ id }) => id);
  const whole = [...byItem.values()].filter((own) => own.length === k);
  if (whole.length === 0) return null;
  const counts = whole.map((own) => own.filter(isRight).length);
  const steps = [1, 2, 4, 8, 16, 32, 64].filter((j) => j < k).concat(k);
  const over = (value: (right: number, j: number) => number) =>
    Object.fromEntries(steps.map((j) => [j, mean(counts.map((right) => value(right, j)))]));
  return {
    k,
    avg: mean(whole.map((own) => mean(own.map(({ score }) => score)))),
    passAt: over((right, j) => 1 - chanceOfNone(k, right, j)),
    passHat: over((right, j) => chanceOfNone(k, k - right, j)),
    majority: mean(whole.map(majorityRight)),
  };
}

/** Standard error of a mean whose samples share clusters. */
export function clusteredError(rows: readonly { readonly cluster: string; readonly score: number }[]): number | null {
  const sums = new Map<string, number>();
  const centre = mean(rows.map(({ score }) => score));
  for (const { cluster, score } of rows) sums.set(cluster, (sums.get(cluster) ?? 0) + score - centre);
  if (sums.size < 2) return null;
  const squares = [...sums.values()].reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt((squares * sums.size) / (sums.size - 1)) / rows.length;
}

/** Agreement beyond chance of rule and judge, both as right or wrong. */
function kappa(rows: readonly SampleRow[]): number | null {
  const both = rows.filter(({ judge }) => judge !== null);
  if (both.length === 0) return null;
  const rule = mean(both.map((row) => Number(row.rule >= 0.5)));
  const judge = mean(both.map((row) => Number(row.judge)));
  const agree = mean(both.map((row) => Number(row.rule >= 0.5 === row.judge)));
  const chance = rule * judge + (1 - rule) * (1 - judge);
  return chance === 1 ? null : (agree - chance) / (1 - chance);
}

const edges = [8, 16, 32, 64, 128, 256, 512, 1024];

/** Length bin of a prompt at four characters a token, so that runs with unlike tokenizers share their bins. */
export function lengthBin(characters: number): string {
  const tokens = characters / 4 / 1024;
  const upper = edges.findIndex((edge) => tokens <= edge);
  if (upper < 0) return '1024K+';
  return `${upper === 0 ? 0 : edges[upper - 1]}K-${edges[upper]}K`;
}

/** The fifth that a depth in [0, 1] lies in, e.g. `40-60 %`. */
export const depthBin = (depth: number): string => {
  const fifth = Math.min(4, Math.floor(depth * 5));
  return `${fifth * 20}-${fifth * 20 + 20} %`;
};

function estimates(rows: readonly SampleRow[], name: (row: SampleRow) => string | undefined): Record<string, Estimate> {
  const byName = groupBy(rows, (row) => name(row) ?? '');
  byName.delete('');
  const collator = new Intl.Collator('en', { numeric: true });
  return Object.fromEntries(
    [...byName]
      .sort(([a], [b]) => collator.compare(a, b))
      .map(([key, own]) => [key, { samples: own.length, score: mean(own.map(({ score }) => score)) }]),
  );
}

/** What the samples of one benchmark come to. */
export function summarizeBenchmark(benchmark: Benchmark, rows: readonly SampleRow[], seed: number): BenchmarkSummary {
  const answered = rows.filter(({ state }) => state !== 'error');
  const stratum = ({ subset }: SampleRow): string => (benchmark.headline === 'subsets' ? subset : 'all');
  const pairs = (list: readonly SampleRow[]) =>
    list.map((row) => ({ task: stratum(row), cluster: row.cluster, before: 0, after: row.score }));
  const estimate = answered.length === 0 ? undefined : comparePaired(pairs(answered), { seed, leastClusters: 1 }).mean;
  const zeros = [...groupBy(rows, stratum).values()].map((own) => mean(own.map(({ score }) => score)));
  const groupNames = [...new Set(rows.flatMap(({ groups }) => Object.keys(groups)))];
  const repeats = Math.max(1, ...rows.map(({ repeat }) => repeat + 1));
  return {
    benchmark: benchmark.name,
    title: benchmark.title,
    items: new Set(rows.map(({ id }) => id)).size,
    samples: rows.length,
    states: Object.fromEntries(
      sampleStates.map((state) => [state, rows.filter((row) => row.state === state).length]),
    ) as Record<SampleState, number>,
    coverage: rows.length === 0 ? 0 : answered.length / rows.length,
    score: estimate?.after ?? null,
    ci95: estimate?.ci95 ?? null,
    clusteredError: answered.length === 0 ? null : clusteredError(answered),
    scoreErrorsAsZero: zeros.length === 0 ? 0 : mean(zeros),
    ruleScore: answered.length === 0 ? null : mean(answered.map(({ rule }) => rule)),
    judged: answered.some(({ judge }) => judge !== null),
    kappa: kappa(answered),
    repeats: summarizeRepeats(answered, repeats),
    subsets: estimates(answered, ({ subset }) => subset),
    groups: Object.fromEntries(groupNames.map((name) => [name, estimates(answered, ({ groups }) => groups[name])])),
    lengths: estimates(answered, ({ characters }) => lengthBin(characters)),
    depths: estimates(answered, ({ depth }) => (depth === null ? undefined : depthBin(depth))),
    cells: estimates(answered, ({ depth, characters }) =>
      depth === null ? undefined : `${lengthBin(characters)}|${depthBin(depth)}`,
    ),
    truncatedPrompts: rows.filter(({ truncation }) => truncation !== undefined).length,
    tokens: {
      prompt: rows.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
      completion: rows.reduce((sum, { completionTokens }) => sum + completionTokens, 0),
    },
  };
}
