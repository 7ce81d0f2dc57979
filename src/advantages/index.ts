/** @file Public entry point `golongrl/advantages`: advantages of a batch by any of the seven estimators. */
export type { AdvantageBatch, AdvantageEstimator, AdvantageOptions, AdvantageResult } from './advantage.ts';
export { drGrpoAdvantages } from './dr-grpo.ts';
export { grpoAdvantages } from './grpo.ts';
export { maxrlAdvantages } from './maxrl.ts';
export { qwenlongAdvantages } from './qwenlong.ts';
export { advantages, type EstimatorName, estimatorNames, estimators, parseEstimatorName } from './registry.ts';
export { rlooAdvantages } from './rloo.ts';
export { tmnAdvantages } from './tmn.ts';
export { tmnReweightAdvantages } from './tmn-reweight.ts';
