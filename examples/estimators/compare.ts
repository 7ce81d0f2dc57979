/** @file The numbers of the report: what every estimator gained, and every difference with what could have been seen. */
import type { EstimatorName } from '../../src/advantages/index.ts';
import {
  type Comparison,
  comparePaired,
  detectableDifference,
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
  /** The true difference that could have been seen: by this pair alone, and by the first of all of the report. */
  readonly detectable: { readonly alone: number; readonly corrected: number };
}

/** Documents stay clusters across seeds: another seed asks other questions about the same documents. */
export const gainsOf = (seeds: readonly FinishedSeed[]): Gain[] =>
  compared.map((estimator) => {
    const pairs = seeds.flatMap(({ runs }) => pairScores(runs[estimator].before, runs[estimator].after));
    return { estimator, change: comparePaired(pairs, { seed: 1 }) };
  });

/** After minus before of each seed's mean of tasks. */
const bySeed = (seeds: readonly (readonly PairedScore[])[]): number[] =>
  seeds.map((own) => comparePaired(own, { seed: 1, resamples: 1 }).mean).map(({ before, after }) => after - before);

/** Every estimator against GRPO, and all but GRPO against TMN-Reweight: that pair is among the first. */
const pairs: readonly (readonly [EstimatorName, EstimatorName])[] = [
  ...compared.filter((name) => name !== 'grpo').map((name) => ['grpo', name] as const),
  ...compared
    .filter((name) => name !== 'grpo' && name !== 'tmn-reweight')
    .map((name) => ['tmn-reweight', name] as const),
];

export function differencesOf(seedsOf: ReadonlyMap<SettingName, readonly FinishedSeed[]>): Difference[] {
  const all = [...seedsOf].flatMap(([setting, seeds]) =>
    pairs.map(([reference, estimator]) => {
      const scores = seeds.map(({ runs }) => pairScores(runs[reference].after, runs[estimator].after));
      return { setting, reference, estimator, scores, differences: bySeed(scores) };
    }),
  );
  const tests = all.map(({ differences }) => overSeeds(differences));
  const significant = holm(tests.map(({ p }) => p));
  return all.map(({ setting, reference, estimator, scores, differences }, i) => ({
    setting,
    reference,
    estimator,
    seeds: overSeeds(differences),
    questions: comparePaired(scores.flat(), { seed: 1 }),
    significant: significant[i] ?? false,
    detectable: {
      alone: detectableDifference(differences),
      corrected: detectableDifference(differences, 0.05 / all.length),
    },
  }));
}
