/** @file Public entry point `golongrl/evaluation`. */
export { type EvaluateOptions, type EvaluationRow, evaluate, pairScores, selectHeldout } from './evaluate.ts';
export { type Change, type Comparison, comparePaired, type PairedScore } from './statistics.ts';
export { comparisonTable } from './table.ts';
