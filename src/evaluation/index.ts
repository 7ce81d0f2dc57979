/** @file Public entry point `golongrl/evaluation`: published benchmarks and held-out samples, scored and compared. */

export type { TokenizedSample } from '../rollouts/group.ts';
export {
  type Agent,
  type Ask,
  type Benchmark,
  type CompatProfile,
  compatProfiles,
  type Evidence,
  type Item,
  type ItemFacts,
  type JudgeQuestion,
  type LoadOptions,
  type RuleScore,
  type Sampling,
  type Truncation,
  type TruncationRule,
} from './benchmark.ts';
export { benchmarkByName, benchmarks } from './benchmarks/registry.ts';
export { type AlignmentRow, alignmentTable, publishedModels } from './compare/alignment.ts';
export {
  type BenchmarkComparison,
  compareRuns,
  compareSamples,
  type Flip,
  holm,
  type RunComparison,
} from './compare/compare-runs.ts';
export type { Floors } from './compare/floors.ts';
export { detectableDifference, type OverSeeds, overSeeds } from './compare/over-seeds.ts';
export { type PublishedRow, publishedRows } from './compare/published.ts';
export {
  type BootstrapOptions,
  type Change,
  type Comparison,
  comparePaired,
  type PairedScore,
} from './compare/statistics.ts';
export { comparisonTable } from './compare/table.ts';
export { engineModel } from './engine-model.ts';
export { type EvaluateOptions, type EvaluationRow, evaluate, pairScores, selectHeldout } from './heldout.ts';
export type { ResponseRow } from './run/ask-items.ts';
export type { Spending } from './run/budget.ts';
export { EvaluationDirectory, type EvaluationSummary } from './run/evaluation-directory.ts';
export {
  type EvaluationEvent,
  type EvaluationOptions,
  type EvaluationPlan,
  planEvaluation,
  runEvaluation,
} from './run/run-evaluation.ts';
export { type SampleRow, type SampleState, sampleStates } from './run/score-samples.ts';
export { type EvaluationSettings, evaluationSettingsSchema } from './run/settings.ts';
export type { BenchmarkSummary, Estimate, RepeatSummary } from './run/summary.ts';
