/**
 * @file The estimators by name. Adding one touches its own file and its line here.
 */
import { unknownValue } from '../errors.ts';
import type { AdvantageBatch, AdvantageEstimator, AdvantageOptions, AdvantageResult } from './advantage.ts';
import { drGrpoAdvantages } from './dr-grpo.ts';
import { grpoAdvantages } from './grpo.ts';
import { maxrlAdvantages } from './maxrl.ts';
import { qwenlongAdvantages } from './qwenlong.ts';
import { rlooAdvantages } from './rloo.ts';
import { tmnAdvantages } from './tmn.ts';
import { tmnReweightAdvantages } from './tmn-reweight.ts';

/** Estimators by the name that `advantage.type` and `--advantage.type` take. */
export const estimators = {
  grpo: grpoAdvantages,
  'dr-grpo': drGrpoAdvantages,
  qwenlong: qwenlongAdvantages,
  tmn: tmnAdvantages,
  'tmn-reweight': tmnReweightAdvantages,
  rloo: rlooAdvantages,
  maxrl: maxrlAdvantages,
} as const satisfies Readonly<Record<string, AdvantageEstimator>>;

/** A value of `advantage.type`. */
export type EstimatorName = keyof typeof estimators;
/** In the order of `estimators`, for schemas and messages. */
export const estimatorNames = Object.keys(estimators) as EstimatorName[];

/** @throws UsageError with a suggestion when the name is not an estimator's. */
export function parseEstimatorName(text: string): EstimatorName {
  const found = estimatorNames.find((name) => name === text);
  if (found === undefined) throw unknownValue('estimator', text, estimatorNames);
  return found;
}

/**
 * The advantages of a batch under the named estimator.
 *
 * @example advantages('grpo', { rewards: [1, 0], prompts: ['a', 'a'], tasks: ['EM', 'EM'] }).advantages
 * // Float64Array [0.7071, -0.7071]
 * @throws UsageError for an unknown estimator, unequal lengths, an empty task key.
 */
export function advantages(name: string, batch: AdvantageBatch, options?: AdvantageOptions): AdvantageResult {
  return estimators[parseEstimatorName(name)](batch, options);
}
