/**
 * @file The parameters of a model in one flat array, with a named view for each tensor. Gradients and optimizer moments
 * are arrays of the same layout, so the optimizer is one loop. Names are those of a Hugging Face safetensors file.
 */
import { random } from '../../../random.ts';
import type { ModelConfig } from './model-config.ts';

/** Tensors of one layer, short names, and their names in a file. Which exist is up to `layerShapes`. */
export const layerTensorNames = {
  attentionNorm: 'input_layernorm.weight',
  query: 'self_attn.q_proj.weight',
  queryBias: 'self_attn.q_proj.bias',
  key: 'self_attn.k_proj.weight',
  keyBias: 'self_attn.k_proj.bias',
  value: 'self_attn.v_proj.weight',
  valueBias: 'self_attn.v_proj.bias',
  queryNorm: 'self_attn.q_norm.weight',
  keyNorm: 'self_attn.k_norm.weight',
  output: 'self_attn.o_proj.weight',
  outputBias: 'self_attn.o_proj.bias',
  feedNorm: 'post_attention_layernorm.weight',
  gate: 'mlp.gate_proj.weight',
  up: 'mlp.up_proj.weight',
  down: 'mlp.down_proj.weight',
} as const;
/** Key of a tensor of a layer, without the layer's number. */
export type LayerTensor = keyof typeof layerTensorNames;
const layerTensors = Object.keys(layerTensorNames) as LayerTensor[];

/** Shape of each tensor of a layer; matrices are [out, in]. */
export function layerShapes(config: ModelConfig): Partial<Record<LayerTensor, readonly number[]>> {
  const { hiddenSize: d, intermediateSize: f, headDim: hd, heads, kvHeads, attentionBias } = config;
  const norms = config.architecture === 'qwen3' ? { queryNorm: [hd], keyNorm: [hd] } : {};
  const biases = attentionBias ? { queryBias: [heads * hd], keyBias: [kvHeads * hd], valueBias: [kvHeads * hd] } : {};
  return {
    attentionNorm: [d],
    query: [heads * hd, d],
    key: [kvHeads * hd, d],
    value: [kvHeads * hd, d],
    ...norms,
    ...biases,
    ...(attentionBias === 'query-key-value-output' ? { outputBias: [d] } : {}),
    output: [d, heads * hd],
    feedNorm: [d],
    gate: [f, d],
    up: [f, d],
    down: [d, f],
  };
}

/** Where a tensor lies in the flat array; offset and size count elements. */
export interface Slot {
  /** Name in the safetensors file. */
  readonly name: string;
  /** Name of the graph input: `embedding`, `head`, `finalNorm`, or `layer3.gate`. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** Tensors one after the other, without gaps. */
export interface Layout {
  readonly slots: readonly Slot[];
  /** Elements of the flat array. */
  readonly size: number;
}

type Shapes = readonly (readonly [name: string, key: string, shape: readonly number[]])[];

/** Lays tensors out in the order given. */
export function layoutOf(shapes: Shapes): Layout {
  let offset = 0;
  const slots = shapes.map(([name, key, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const slot = { name, key, shape, offset, size };
    offset += size;
    return slot;
  });
  return { slots, size: offset };
}

/** Where each tensor lies in the flat array. */
export function parameterLayout(config: ModelConfig): Layout {
  const { vocabSize, hiddenSize, layers, tied } = config;
  const shapes = layerShapes(config);
  const stack = Array.from({ length: layers }, (_, layer) =>
    layerTensors.flatMap((tensor) => {
      const shape = shapes[tensor];
      return shape
        ? [[`model.layers.${layer}.${layerTensorNames[tensor]}`, `layer${layer}.${tensor}`, shape] as const]
        : [];
    }),
  );
  return layoutOf([
    ['model.embed_tokens.weight', 'embedding', [vocabSize, hiddenSize]],
    ...stack.flat(),
    ['model.norm.weight', 'finalNorm', [hiddenSize]],
    ...(tied ? [] : [['lm_head.weight', 'head', [vocabSize, hiddenSize]] as const]),
  ]);
}

/** A flat array with a view for each slot, by key. */
export interface Parameters {
  readonly flat: Float32Array;
  readonly views: Readonly<Record<string, Float32Array>>;
}

/** Named views into `flat`, which is not copied; without it, zeros. */
export function makeParameters(layout: Layout, flat?: Float32Array): Parameters {
  const data = flat ?? new Float32Array(layout.size);
  const views = layout.slots.map(({ key, offset, size }) => [key, data.subarray(offset, offset + size)] as const);
  return { flat: data, views: Object.fromEntries(views) };
}

/**
 * Random weights as GPT-2 and Llama start: matrices normal with standard deviation 0.02 (`std`), those that write into the
 * residual stream smaller by sqrt(2 layers), norms one, biases zero. Each tensor has its own random stream.
 */
export function initModel(config: ModelConfig, seed: number, std = 0.02): Parameters {
  const layout = parameterLayout(config);
  const parameters = makeParameters(layout);
  for (const { key, shape } of layout.slots) {
    const view = parameters.views[key] as Float32Array;
    if (shape.length === 1) {
      view.fill(key.endsWith('Bias') ? 0 : 1);
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
