/**
 * @file The parameters of a model in one flat array, with a named view for each tensor. Gradients and optimizer moments
 * are arrays of the same layout, so the optimizer is one loop. Names are those of a Hugging Face safetensors file.
 */
import { random } from '../../random.ts';
import type { ModelConfig } from './model-config.ts';

/** Tensors of one layer, short names; `queryNorm` and `keyNorm` exist in qwen3 only. */
export const layerTensors = [
  'attentionNorm',
  'query',
  'key',
  'value',
  'queryNorm',
  'keyNorm',
  'output',
  'feedNorm',
  'gate',
  'up',
  'down',
] as const;
export type LayerTensor = (typeof layerTensors)[number];

const huggingFaceNames: Record<LayerTensor, string> = {
  attentionNorm: 'input_layernorm',
  query: 'self_attn.q_proj',
  key: 'self_attn.k_proj',
  value: 'self_attn.v_proj',
  queryNorm: 'self_attn.q_norm',
  keyNorm: 'self_attn.k_norm',
  output: 'self_attn.o_proj',
  feedNorm: 'post_attention_layernorm',
  gate: 'mlp.gate_proj',
  up: 'mlp.up_proj',
  down: 'mlp.down_proj',
};

/** Shape of each tensor of a layer; matrices are [out, in]. */
export function layerShapes(config: ModelConfig): Partial<Record<LayerTensor, readonly number[]>> {
  const { hiddenSize: d, intermediateSize: f, headDim: hd } = config;
  const norms = config.architecture === 'qwen3' ? { queryNorm: [hd], keyNorm: [hd] } : {};
  return {
    attentionNorm: [d],
    query: [config.heads * hd, d],
    key: [config.kvHeads * hd, d],
    value: [config.kvHeads * hd, d],
    ...norms,
    output: [d, config.heads * hd],
    feedNorm: [d],
    gate: [f, d],
    up: [f, d],
    down: [d, f],
  };
}

export interface Slot {
  /** Name in the safetensors file. */
  readonly name: string;
  /** Name of the graph input: `embedding`, `head`, `finalNorm`, or `layer3.gate`. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** Where each tensor lies in the flat array. */
export function parameterLayout(config: ModelConfig): { readonly slots: readonly Slot[]; readonly size: number } {
  const slots: Slot[] = [];
  let offset = 0;
  const place = (name: string, key: string, shape: readonly number[]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    slots.push({ name, key, shape, offset, size });
    offset += size;
  };
  place('model.embed_tokens.weight', 'embedding', [config.vocabSize, config.hiddenSize]);
  for (let layer = 0; layer < config.layers; layer++) {
    const shapes = layerShapes(config);
    for (const tensor of layerTensors) {
      const shape = shapes[tensor];
      if (shape) place(`model.layers.${layer}.${huggingFaceNames[tensor]}.weight`, `layer${layer}.${tensor}`, shape);
    }
  }
  place('model.norm.weight', 'finalNorm', [config.hiddenSize]);
  if (!config.tied) place('lm_head.weight', 'head', [config.vocabSize, config.hiddenSize]);
  return { slots, size: offset };
}

/** A flat array with a view for each slot, by key. */
export interface Parameters {
  readonly flat: Float32Array;
  readonly views: Readonly<Record<string, Float32Array>>;
}

export function makeParameters(layout: { slots: readonly Slot[]; size: number }, flat?: Float32Array): Parameters {
  const data = flat ?? new Float32Array(layout.size);
  const views = layout.slots.map(({ key, offset, size }) => [key, data.subarray(offset, offset + size)] as const);
  return { flat: data, views: Object.fromEntries(views) };
}

/**
 * Random weights as GPT-2 and Llama start: matrices normal with standard deviation 0.02 (`std`), those that write into the
 * residual stream smaller by sqrt(2 layers), norms one. Each tensor has its own random stream.
 */
export function initModel(config: ModelConfig, seed: number, std = 0.02): Parameters {
  const layout = parameterLayout(config);
  const parameters = makeParameters(layout);
  for (const { key, shape } of layout.slots) {
    const view = parameters.views[key] as Float32Array;
    if (shape.length === 1) {
      view.fill(1);
      continue;
    }
    const residual = key.endsWith('.output') || key.endsWith('.down');
    fillNormal(view, residual ? std / Math.sqrt(2 * config.layers) : std, random(seed, 'init', key));
  }
  return parameters;
}

/** Box-Muller; two draws give two values. */
function fillNormal(target: Float32Array, std: number, rng: { next(): number }): void {
  for (let i = 0; i < target.length; i += 2) {
    const radius = std * Math.sqrt(-2 * Math.log(1 - rng.next()));
    const angle = 2 * Math.PI * rng.next();
    target[i] = radius * Math.cos(angle);
    if (i + 1 < target.length) target[i + 1] = radius * Math.sin(angle);
  }
}
