/**
 * @file The parameters of a model in one flat array, with a named view for each tensor. Gradients and optimizer moments
 * are arrays of the same layout, so the optimizer is one loop. Names are those of a Hugging Face safetensors file.
 */
import { random } from '../../../random.ts';
import { type LayerKind, layerKind } from './layer-kind.ts';
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
  attentionPostNorm: 'post_attention_layernorm.weight',
  feedNorm: 'post_attention_layernorm.weight',
  router: 'mlp.gate.weight',
  gate: 'mlp.gate_proj.weight',
  gateBias: 'mlp.gate_proj.bias',
  up: 'mlp.up_proj.weight',
  upBias: 'mlp.up_proj.bias',
  down: 'mlp.down_proj.weight',
  downBias: 'mlp.down_proj.bias',
  feedPostNorm: 'post_feedforward_layernorm.weight',
} as const;
/** A projection of an expert, by the expert's number. */
export type ExpertTensor = `expert${'Gate' | 'Up' | 'Down'}.${number}`;
/** Key of a tensor of a layer, without the layer's number. */
export type LayerTensor = keyof typeof layerTensorNames | ExpertTensor;
/** Something for each of the tensors that a layer has. */
export type ByLayerTensor<T> = Partial<Record<keyof typeof layerTensorNames, T>> & { [expert: ExpertTensor]: T };
type LayerShapes = ByLayerTensor<readonly number[]>;

const isNamed = (tensor: string): tensor is keyof typeof layerTensorNames => tensor in layerTensorNames;

/** Where norms stand on both sides, the one before the feed-forward part has a name of its own. */
function nameOf(config: ModelConfig, tensor: string): string {
  if (config.norms === 'both' && tensor === 'feedNorm') return 'pre_feedforward_layernorm.weight';
  if (isNamed(tensor)) return layerTensorNames[tensor];
  const [, part = '', expert] = /^expert(\w+)\.(\d+)$/.exec(tensor) ?? [];
  return `mlp.experts.${expert}.${part.toLowerCase()}_proj.weight`;
}

/** In a file's order: those of `layerTensorNames`, then experts. */
function inOrder(shapes: LayerShapes): [tensor: string, shape: readonly number[]][] {
  const names = Object.keys(layerTensorNames);
  const place = (tensor: string) => (isNamed(tensor) ? names.indexOf(tensor) : names.length);
  return Object.entries(shapes).sort(([a], [b]) => place(a) - place(b));
}

/** Shape of each tensor of a layer of a kind; matrices are [out, in]. */
export function layerShapes(config: ModelConfig, kind: LayerKind): LayerShapes {
  const { hiddenSize: d, headDim: hd, heads, kvHeads, attentionBias, norms = 'before' } = config;
  const biases = attentionBias ? { queryBias: [heads * hd], keyBias: [kvHeads * hd], valueBias: [kvHeads * hd] } : {};
  return {
    ...(norms === 'after' ? {} : { attentionNorm: [d], feedNorm: [d] }),
    ...(norms === 'before' ? {} : { attentionPostNorm: [d], feedPostNorm: [d] }),
    query: [heads * hd, d],
    key: [kvHeads * hd, d],
    value: [kvHeads * hd, d],
    ...headNormShapes(config),
    ...biases,
    ...(attentionBias === 'query-key-value-output' ? { outputBias: [d] } : {}),
    output: [d, heads * hd],
    ...(kind.experts ? expertShapes(config) : feedShapes(config)),
  };
}

function headNormShapes({ queryKeyNorm, headDim, heads, kvHeads }: ModelConfig) {
  if (queryKeyNorm === undefined) return {};
  const [query, key] = queryKeyNorm === 'head' ? [1, 1] : [heads, kvHeads];
  return { queryNorm: [query * headDim], keyNorm: [key * headDim] };
}

function feedShapes({ hiddenSize: d, intermediateSize: f, feedBias }: ModelConfig) {
  const biases = feedBias ? { gateBias: [f], upBias: [f], downBias: [d] } : {};
  return { gate: [f, d], up: [f, d], down: [d, f], ...biases };
}

function expertShapes({ hiddenSize: d, experts }: ModelConfig): LayerShapes {
  const { count = 0, width: f = 0 } = experts ?? {};
  const entries = Array.from({ length: count }, (_, expert) => [
    [`expertGate.${expert}`, [f, d]],
    [`expertUp.${expert}`, [f, d]],
    [`expertDown.${expert}`, [d, f]],
  ]);
  return { router: [count, d], ...Object.fromEntries(entries.flat()) };
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

/** Key of the output projection. */
export const projectionKey = ({ tied }: ModelConfig): 'embedding' | 'head' => (tied ? 'embedding' : 'head');

/** Where each tensor lies in the flat array. */
export function parameterLayout(config: ModelConfig): Layout {
  const { vocabSize, hiddenSize, layers, tied } = config;
  const stack = Array.from({ length: layers }, (_, layer) =>
    inOrder(layerShapes(config, layerKind(config, layer))).map(
      ([tensor, shape]) =>
        [`model.layers.${layer}.${nameOf(config, tensor)}`, `layer${layer}.${tensor}`, shape] as const,
    ),
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
      view.fill(key.endsWith('Bias') || config.normFromOne ? 0 : 1);
      continue;
    }
    const residual = /\.(output|down|expertDown\.\d+)$/.test(key);
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
