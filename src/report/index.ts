/** @file Public entry point `golongrl/report`: a run and an evaluation as one HTML file each. */
export {
  type BrowserItem,
  type BrowserSample,
  type EvaluationView,
  type ReadEvaluationOptions,
  readEvaluation,
} from './evaluation/read-evaluation.ts';
export { renderEvaluation, writeEvaluationReport } from './evaluation/write-evaluation-report.ts';
export { type RunFacts, type RunView, readRun } from './read-run.ts';
export { renderReport, writeReport } from './write-report.ts';
