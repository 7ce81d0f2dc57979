/** @file Public entry point `golongrl/training`. */
export { presets, type TrainingConfig, type TrainingConfigInput, trainingConfigSchema } from './config.ts';
export { fineTune } from './fine-tune.ts';
export { type StepTimings, type TrainingEvent, type TrainOptions, type TrainResult, train } from './loop.ts';
export { type ConfigField, completeConfig, configFields, formatConfig, parseConfig } from './parse-config.ts';
export type { SupervisedMetrics, TaskMetrics, TrainingMetrics } from './step-metrics.ts';
