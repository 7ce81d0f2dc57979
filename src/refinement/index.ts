/**
 * @file Public entry point `golongrl/refinement`: duplicates, overlap with held-out samples and benchmarks, lints, the weakest capability, what
 * changed between two versions of a dataset.
 */

export {
  BenchmarkIndex,
  type IndexOptions,
  type Kind,
  type Run,
  type Source,
} from './decontamination/benchmark-index.ts';
export { type BenchmarkItem, type ReadBenchmarkOptions, readBenchmark } from './decontamination/benchmark-item.ts';
export {
  type BenchmarkOptions,
  decontaminateAgainst,
} from './decontamination/decontaminate-benchmarks.ts';
export type { Excerpt } from './decontamination/excerpt.ts';
export { Pool } from './decontamination/gram-table.ts';
export {
  type DecontaminationOptions,
  type DecontaminationReport,
  decontaminate,
  type Field,
  fields,
  type Hit,
} from './decontamination/heldout.ts';
export type { BenchmarkReport, Finding as BenchmarkFinding, Match } from './decontamination/report/findings.ts';
export { benchmarkReportHtml } from './decontamination/report/report-html.ts';
export type { WordForm } from './decontamination/word-form.ts';
export { type Deduplicated, deduplicate } from './deduplicate.ts';
export {
  type CapabilityCell,
  type CellChoice,
  chooseCell,
  type DataRequest,
  type DiagnoseOptions,
  type Diagnosis,
  dataRequest,
  dataRequestSchema,
  diagnose,
  type Outcome,
} from './diagnose.ts';
export { type DatasetDiff, diffDatasets, type TaskDelta } from './diff-datasets.ts';
export { defaultLintSettings, type Finding as LintFinding, type LintSettings, type Verdict } from './lint/lint.ts';
export { type LintReport, lintDataset } from './lint/lint-dataset.ts';
export { type Refined, type RefinementReport, refineDataset, refinementLines } from './refine.ts';
