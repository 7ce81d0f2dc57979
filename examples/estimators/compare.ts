/** @file The numbers of the report: what every estimator gained, and every difference with what could have been seen. */
import type { EstimatorName } from '../../src/advantages/index.ts';
import {
  type Comparison,
  comparePaired,
  holm,
  type OverSeeds,
  overSeeds,
  type PairedScore,
  pairScores,
} from '../../src/evaluation/index.ts';
import type { FinishedSeed } from './read-runs.ts';
import { compared, type SettingName } from './settings.ts';

/** Of one estimator in one setting, all seeds together. */
export interface Gain {
  readonly estimator: EstimatorName;
  /** Before and after training; documents are the clusters. */
  readonly change: Comparison;
}

/** `estimator` minus `reference`, after training, on the same questions. */
export interface Difference {
  readonly setting: SettingName;
  readonly reference: EstimatorName;
  readonly estimator: EstimatorName;
  /** The t test over seeds: other trainings would have come out otherwise. */
  readonly seeds: OverSeeds;
  /** Bootstrap over documents, the trainings taken as they came out. */
  readonly questions: Comparison;
  /** Whether p stays below 0.05 after Holm's correction over all differences of the report. */
  readonly significant: boolean;
}

/** Documents stay clusters across seeds: another seed asks other questions about the same documents. */
export const gainsOf = (seeds: readonly FinishedSeed[]): Gain[] =>
  compared.map((estimator) => {
    const pairs = seeds.flatMap(({ runs }) => pairScores(runs[estimator].before, runs[estimator].after));
    return { estimator, change: comparePaired(pairs, { seed: 1 }) };
  });

function differenceOf(
  setting: SettingName,
  seeds: readonly FinishedSeed[],
  [reference, estimator]: readonly [EstimatorName, EstimatorName],
): Omit<Difference, 'significant'> {
  const bySeed: PairedScore[][] = seeds.map(({ runs }) => pairScores(runs[reference].after, runs[estimator].after));
  const means = bySeed.map((pairs) => comparePaired(pairs, { seed: 1, resamples: 1 }).mean);
  return {
    setting,
    reference,
    estimator,
    seeds: overSeeds(means.map(({ before, after }) => after - before)),
    questions: comparePaired(bySeed.flat(), { seed: 1 }),
  };
}

/** Every estimator against GRPO, and all but GRPO against TMN-Reweight: that pair is among the first. */
const pairs: readonly (readonly [EstimatorName, EstimatorName])[] = [
  ...compared.filter((name) => name !== 'grpo').map((name) => ['grpo', name] as const),
  ...compared
    .filter((name) => name !== 'grpo' && name !== 'tmn-reweight')
    .map((name) => ['tmn-reweight', name] as const),
];

export function differencesOf(seedsOf: ReadonlyMap<SettingName, readonly FinishedSeed[]>): Difference[] {
  const all = [...seedsOf].flatMap(([setting, seeds]) => pairs.map((pair) => differenceOf(setting, seeds, pair)));
  const significant = holm(all.map(({ seeds }) => seeds.p));
  return all.map((difference, i) => ({ ...difference, significant: significant[i] ?? false }));
}
