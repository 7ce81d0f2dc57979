/** @file Public entry point `golongrl/training`: the training loop, the supervised start, and their configuration. */

export type { Locate } from '../yaml-config.ts';
export { presets, type TrainingConfig, type TrainingConfigInput, trainingConfigSchema } from './config.ts';
export type { SamplingProgress } from './draw-batch.ts';
export { fineTune } from './fine-tune.ts';
export { type StepTimings, type TrainingEvent, type TrainOptions, type TrainResult, train } from './loop.ts';
export {
  type ConfigField,
  completeConfig,
  configFields,
  formatConfig,
  type ParseConfigOptions,
  parseConfig,
} from './parse-config.ts';
export type { SupervisedMetrics, TaskMetrics, TrainingMetrics } from './step-metrics.ts';
