/** @file A tiny random model for the engine's tests; weights are larger than at initialisation, so that gradients matter. */

import type { LayerKind } from '../../src/engine/local/weights/layer-kind.ts';
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

export const tinyQwen: ModelConfig = { ...tinyConfig, architecture: 'qwen3', headDim: 8, queryKeyNorm: 'head' };

export const tinyQwen2: ModelConfig = { ...tinyConfig, architecture: 'qwen2', attentionBias: 'query-key-value' };

/** Llama with biases on all projections of attention. */
export const tinyBiased: ModelConfig = { ...tinyConfig, attentionBias: 'query-key-value-output' };

const full: LayerKind = { rope: 'main', windowed: false, experts: false };
const windowed: LayerKind = { ...full, windowed: true };

/** One shape for each thing that families differ in; the first layer is of the odd kind, the second plain. */
export const tinyFamilies = {
  'windows, as Qwen has them': { ...tinyQwen, window: 4, layerKinds: [windowed, full] },
  'windows in all layers (Mistral)': {
    ...tinyConfig,
    architecture: 'mistral',
    window: 3,
    layerKinds: [windowed, windowed],
  },
  'no positions (SmolLM3)': { ...tinyConfig, architecture: 'smollm3', layerKinds: [{ ...full, rope: 'none' }, full] },
  'factors (Granite)': {
    ...tinyConfig,
    architecture: 'granite',
    multipliers: { embedding: 3, attention: 0.3, residual: 0.4, logits: 0.25 },
  },
  'norms after, of all heads (OLMo)': { ...tinyConfig, architecture: 'olmo2', norms: 'after', queryKeyNorm: 'heads' },
  'norms on both sides, 1 + w, GeGLU, local positions (Gemma)': {
    ...tinyConfig,
    architecture: 'gemma3_text',
    norms: 'both',
    normFromOne: true,
    queryKeyNorm: 'head',
    activation: 'gelu-tanh',
    multipliers: { embedding: Math.sqrt(24), attention: 0.35 },
    window: 5,
    localRope: { theta: 100 },
    layerKinds: [{ ...windowed, rope: 'local' }, full],
  },
  'experts (Qwen3-MoE)': {
    ...tinyQwen,
    architecture: 'qwen3_moe',
    experts: { count: 5, perToken: 2, width: 12, normalised: true },
    layerKinds: [{ ...full, experts: true }, full],
  },
  'biases and exact GELU': { ...tinyConfig, feedBias: true, activation: 'gelu' },
} as const satisfies Readonly<Record<string, ModelConfig>>;

/** Norm weights and biases are moved off one and zero, so that their gradients and their place in the formulas are tested. */
export function tinyModel(config: ModelConfig, seed = 1): Parameters {
  const parameters = initModel(config, seed, 0.25);
  const rng = random(seed, 'norms');
  for (const [key, view] of Object.entries(parameters.views)) {
    if (key.endsWith('Norm'))
      for (let i = 0; i < view.length; i++) view[i] = (config.normFromOne ? -0.3 : 0.7) + 0.6 * rng.next();
    if (key.endsWith('Bias')) for (let i = 0; i < view.length; i++) view[i] = 0.3 * (rng.next() - 0.5);
  }
  return parameters;
}

/** Random token ids. */
export function randomTokens(count: number, config: ModelConfig, ...labels: (string | number)[]): Int32Array {
  const rng = random(...labels);
  return Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
}
