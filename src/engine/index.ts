/** @file Public entry point `golongrl/engine`: the interface, the losses, and the embedded engine. */
export * from './engine.ts';
export { type ComputeDevice, computeDevices } from './local/compute.ts';
export { deviceLine } from './local/device-line.ts';
export type { RopeScaling } from './local/graph/rope-scaling.ts';
export { type LocalEngineOptions, openLocalEngine } from './local/local-engine.ts';
export { findRuntime, runtimePackages, runtimeStore } from './local/runtime/find-runtime.ts';
export { installRuntime, type OnInstallProgress } from './local/runtime/install-runtime.ts';
export type { OptimizerState } from './local/train/optimizer.ts';
export { type ModelToWrite, writeModel } from './local/weights/checkpoint.ts';
export { exportModel } from './local/weights/export-model.ts';
export type { LayerKind } from './local/weights/layer-kind.ts';
export type { LoraConfig } from './local/weights/lora-config.ts';
export {
  type Activation,
  type Architecture,
  type AttentionBias,
  architectures,
  type Experts,
  type ModelConfig,
  type Multipliers,
  type NormPlace,
} from './local/weights/model-config.ts';
export { initModel, type Parameters } from './local/weights/parameters.ts';
export { parseModelConfig } from './local/weights/read-config.ts';
export {
  aggregationWeights,
  evaluateLoss,
  importanceRatio,
  type LossResult,
  type LossTokens,
  paperClips,
  type TokenGate,
  tokenGate,
} from './losses.ts';
export type { Tokenizer } from './tokenizer.ts';
