/** @file Public entry point `golongrl/evaluation`. */

export { type Benchmark, type CompatProfile, compatProfiles, type Item, type ItemFacts } from './benchmark.ts';
export { benchmarkByName, benchmarks } from './benchmarks/registry.ts';
export { type AlignmentRow, alignmentTable, publishedModels } from './compare/alignment.ts';
export { compareRuns, compareSamples, type RunComparison } from './compare/compare-runs.ts';
export { type PublishedRow, publishedRows } from './compare/published.ts';
export { type Change, type Comparison, comparePaired, type PairedScore } from './compare/statistics.ts';
export { comparisonTable } from './compare/table.ts';
export { engineModel } from './engine-model.ts';
export { type EvaluateOptions, type EvaluationRow, evaluate, pairScores, selectHeldout } from './heldout.ts';
export { EvaluationDirectory, type EvaluationSummary } from './run/evaluation-directory.ts';
export { type EvaluationOptions, planEvaluation, runEvaluation } from './run/run-evaluation.ts';
export type { SampleRow, SampleState } from './run/score-samples.ts';
export { type EvaluationSettings, evaluationSettingsSchema } from './run/settings.ts';
