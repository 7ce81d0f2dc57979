/** @file Public entry point `golongrl/evaluation`. */
export { type AlignmentRow, alignmentTable, publishedModels } from './alignment.ts';
export { type Benchmark, type CompatProfile, compatProfiles, type Item, type ItemFacts } from './benchmark.ts';
export { benchmarkByName, benchmarks } from './benchmarks/registry.ts';
export { compareRuns, compareSamples, type RunComparison } from './compare-runs.ts';
export { engineModel } from './engine-model.ts';
export { type EvaluateOptions, type EvaluationRow, evaluate, pairScores, selectHeldout } from './evaluate.ts';
export { type PublishedRow, publishedRows } from './published.ts';
export { EvaluationDirectory, type EvaluationSummary } from './run/evaluation-directory.ts';
export { type EvaluationOptions, planEvaluation, runEvaluation } from './run/run-evaluation.ts';
export type { SampleRow, SampleState } from './run/score-samples.ts';
export { type EvaluationSettings, evaluationSettingsSchema } from './run/settings.ts';
export { type Change, type Comparison, comparePaired, type PairedScore } from './statistics.ts';
export { comparisonTable } from './table.ts';
