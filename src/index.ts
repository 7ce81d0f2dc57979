/**
 * @file Public entry point `golongrl`: the quickstart and the experiment as functions, the errors, and every part under its
 * name. Whoever needs one part imports that part alone (`golongrl/rewards`), which loads nothing else.
 */
export * as advantages from './advantages/index.ts';
export type { DocumentSettings } from './build/select-documents.ts';
export * as construction from './construction/index.ts';
export { defaultSizes as quickstartSizes } from './construction/plan.ts';
export * as corpus from './corpus/index.ts';
export * as engine from './engine/index.ts';
export { GolongrlError, InputError, ResourceError, UsageError } from './errors.ts';
export * as evaluation from './evaluation/index.ts';
export type { OpenEngine } from './experiment/open-engine.ts';
export { type QuickstartOptions, type QuickstartResult, quickstart } from './experiment/quickstart.ts';
export type { DatasetFacts } from './experiment/quickstart-dataset.ts';
export {
  type ExperimentOptions,
  type ExperimentResult,
  type PolicyAndPrompts,
  runExperiment,
} from './experiment/run-experiment.ts';
export { type TrainFromConfigOptions, type TrainOutcome, trainFromConfig } from './experiment/train-from-config.ts';
export type { ContextShortfall } from './planning/context.ts';
export type { Layout, Memory } from './planning/layout.ts';
export type { ParameterCount } from './planning/model-shape.ts';
export type { ClusterRow, LocalDevice, LocalPlan, Plan } from './planning/plan.ts';
export type { StepTime } from './planning/step-time.ts';
export type { StepTokens, Workload } from './planning/workload.ts';
export { Random, type RandomState, random } from './random.ts';
export * as rewards from './rewards/index.ts';
export type { ExperimentEvent, OnExperimentEvent } from './runs/events.ts';
export * as samples from './samples/index.ts';
export * as tasks from './tasks/index.ts';
export * as training from './training/index.ts';
