/** @file Public entry point `golongrl/runs`: what a run leaves on disk, opened, read and continued. `docs/run-directory.md` describes the files. */
export { type ExperimentEvent, type OnExperimentEvent, type Stage, type StageContext, stages } from './events.ts';
export {
  type CheckpointRecord,
  type EvaluationLine,
  type IfExists,
  ifExistsChoices,
  inRunDirectory,
  type OpenedRun,
  type OpenRunOptions,
  openRunDirectory,
  RunDirectory,
  type RunRecord,
  runSchemaVersion,
  type StepLine,
  type StepPlace,
  stepName,
} from './run-directory.ts';
export { versions } from './versions.ts';
