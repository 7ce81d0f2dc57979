/** @file The numbers of a tiny random model as an engine holds them. */
import type { ModelState } from '../../src/engine/local/compute.ts';
import { makeOptimizer } from '../../src/engine/local/train/optimizer.ts';
import { initAdapter, trainedLayout } from '../../src/engine/local/weights/lora.ts';
import type { ModelConfig } from '../../src/engine/local/weights/model-config.ts';
import { tinyModel } from './tiny-model.ts';

/** Arrays of its own each time, of the same numbers; an adapter has changed already. */
export function tinyState(config: ModelConfig): ModelState {
  const parameters = tinyModel(config);
  const layout = trainedLayout(config);
  const trained = config.lora ? initAdapter(config, 1) : parameters;
  if (config.lora) for (const [i] of trained.flat.entries()) trained.flat[i] = 0.1 * Math.sin(i);
  return { config, parameters, trained, layout, optimizer: makeOptimizer(layout.size) };
}
