/** @file Public entry point `golongrl/engine`: the interface, the losses, and the embedded engine. */
export * from './engine.ts';
export { type ComputeDevice, computeDevices } from './local/compute.ts';
export { deviceLine } from './local/device-line.ts';
export { type LocalEngineOptions, openLocalEngine } from './local/local-engine.ts';
export { findRuntime, runtimePackages, runtimeStore } from './local/runtime/find-runtime.ts';
export { installRuntime } from './local/runtime/install-runtime.ts';
export { writeModel } from './local/weights/checkpoint.ts';
export { exportModel } from './local/weights/export-model.ts';
export { type Architecture, architectures, type ModelConfig } from './local/weights/model-config.ts';
export { initModel, type Parameters } from './local/weights/parameters.ts';
export { parseModelConfig } from './local/weights/read-config.ts';
export { aggregationWeights, evaluateLoss, importanceRatio, paperClips, tokenGate } from './losses.ts';
