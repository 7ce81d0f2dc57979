/** @file Public entry point `golongrl/engine`: the interface, the losses, and the embedded engine. */
export * from './engine.ts';
export { writeModel } from './local/checkpoint.ts';
export { EngineCore } from './local/engine-core.ts';
export { exportModel } from './local/export-model.ts';
export { type LocalEngineOptions, openLocalEngine } from './local/local-engine.ts';
export { type Architecture, architectures, type ModelConfig, parseModelConfig } from './local/model-config.ts';
export { initModel, type Parameters } from './local/parameters.ts';
export { aggregationWeights, evaluateLoss, importanceRatio, paperClips, tokenGate } from './losses.ts';
