/**
 * @file Public entry point `golongrl`: the quickstart and the experiment as functions, the errors, and every part under its
 * name. Whoever needs one part imports that part alone (`golongrl/rewards`), which loads nothing else.
 */
export * as advantages from './advantages/index.ts';
export * as construction from './construction/index.ts';
export { defaultSizes as quickstartSizes } from './construction/plan.ts';
export * as corpus from './corpus/index.ts';
export * as engine from './engine/index.ts';
export { GolongrlError, InputError, ResourceError, UsageError } from './errors.ts';
export * as evaluation from './evaluation/index.ts';
export { type QuickstartOptions, type QuickstartResult, quickstart } from './experiment/quickstart.ts';
export { type ExperimentOptions, type ExperimentResult, runExperiment } from './experiment/run-experiment.ts';
export { type TrainFromConfigOptions, type TrainOutcome, trainFromConfig } from './experiment/train-from-config.ts';
export { Random, type RandomState, random } from './random.ts';
export * as rewards from './rewards/index.ts';
export type { ExperimentEvent, OnExperimentEvent } from './runs/events.ts';
export * as samples from './samples/index.ts';
export * as tasks from './tasks/index.ts';
export * as training from './training/index.ts';
