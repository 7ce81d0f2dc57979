/** @file A tiny random model for the engine's tests; weights are larger than at initialisation, so that gradients matter. */

import type { ModelConfig } from '../../src/engine/local/weights/model-config.ts';
import { initModel, type Parameters } from '../../src/engine/local/weights/parameters.ts';
import { random } from '../../src/random.ts';

export const tinyConfig: ModelConfig = {
  architecture: 'llama',
  vocabSize: 37,
  hiddenSize: 24,
  intermediateSize: 40,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 6,
  normEpsilon: 1e-5,
  ropeTheta: 10_000,
  maxContext: 128,
  tied: true,
};

export const tinyQwen: ModelConfig = { ...tinyConfig, architecture: 'qwen3', headDim: 8 };

export const tinyQwen2: ModelConfig = { ...tinyConfig, architecture: 'qwen2', attentionBias: 'query-key-value' };

/** Llama with biases on all projections of attention. */
export const tinyBiased: ModelConfig = { ...tinyConfig, attentionBias: 'query-key-value-output' };

/** Norm weights and biases are moved off one and zero, so that their gradients and their place in the formulas are tested. */
export function tinyModel(config: ModelConfig, seed = 1): Parameters {
  const parameters = initModel(config, seed, 0.25);
  const rng = random(seed, 'norms');
  for (const [key, view] of Object.entries(parameters.views)) {
    if (key.endsWith('Norm')) for (let i = 0; i < view.length; i++) view[i] = 0.7 + 0.6 * rng.next();
    if (key.endsWith('Bias')) for (let i = 0; i < view.length; i++) view[i] = 0.3 * (rng.next() - 0.5);
  }
  return parameters;
}

/** Random token ids. */
export function randomTokens(count: number, config: ModelConfig, ...labels: (string | number)[]): Int32Array {
  const rng = random(...labels);
  return Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
}
