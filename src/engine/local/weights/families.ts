/**
 * @file What the families of models say in `config.json`, and what transformers (5.24) takes where they say nothing. The rest of the
 * engine knows the shape alone (model-config.ts): a family that is described by it needs an entry here and nothing else.
 */
import { z } from 'zod';
import { ropeFields } from '../graph/rope-scaling.ts';
import { type LayerKind, plainLayer } from './layer-kind.ts';
import { type Architecture, architectures, type ModelConfig, type Multipliers } from './model-config.ts';

const positive = z.int().positive();
const factor = z.number().positive().default(1);

/** The fields of `config.json` that the engine reads; it refuses some by their value. */
export const configSchema = z.object({
  model_type: z.enum(architectures),
  vocab_size: positive,
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: positive,
  num_attention_heads: positive,
  num_key_value_heads: positive.nullish(),
  head_dim: positive.nullish(),
  rms_norm_eps: z.number().positive().optional(),
  ...ropeFields,
  rope_local_base_freq: z.number().positive().optional(),
  max_position_embeddings: positive.optional(),
  tie_word_embeddings: z.boolean().optional(),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  hidden_act: z.string().optional(),
  hidden_activation: z.string().optional(),
  use_sliding_window: z.boolean().default(false),
  sliding_window: positive.nullish(),
  max_window_layers: z.int().nonnegative().default(28),
  sliding_window_pattern: positive.default(6),
  layer_types: z.array(z.string()).nullish(),
  no_rope_layers: z.array(z.union([z.int(), z.boolean()])).nullish(),
  no_rope_layer_interval: positive.default(4),
  embedding_multiplier: factor,
  attention_multiplier: factor,
  residual_multiplier: factor,
  logits_scaling: factor,
  query_pre_attn_scalar: z.number().positive().default(256),
  attn_logit_softcapping: z.number().nullish(),
  final_logit_softcapping: z.number().nullish(),
  use_bidirectional_attention: z.boolean().nullish(),
  num_experts: positive.optional(),
  num_local_experts: positive.optional(),
  num_experts_per_tok: positive.default(8),
  moe_intermediate_size: positive.default(768),
  norm_topk_prob: z.boolean().default(false),
  decoder_sparse_step: positive.default(1),
  mlp_only_layers: z.array(z.int()).nullish(),
  quantization_config: z.unknown().optional(),
  per_layer_config: z.unknown().optional(),
});
/** `config.json` as far as the engine reads it. */
export type ConfigJson = z.infer<typeof configSchema>;

/** Says that a field's value cannot be. */
export type Refuse = (field: string, got: unknown, allowed: string) => never;

/** A family: the class that transformers has for it, its defaults, and the parts of the shape that are its own. */
export interface Family {
  readonly className: string;
  readonly maxContext: number;
  /** Absent: as many as queries have. */
  readonly kvHeads?: number;
  readonly headDim?: number;
  readonly tied?: boolean;
  readonly epsilon?: number;
  /** Base of the rotary frequencies, and that of windowed layers where they have their own. */
  readonly theta?: number;
  readonly localTheta?: number;
  /** Whether its configuration can speak of windowed layers. */
  readonly windows?: boolean;
  readonly shape?: (raw: ConfigJson, refuse: Refuse) => Partial<ModelConfig>;
}

const layersOf = ({ num_hidden_layers: count }: ConfigJson, kind: (layer: number) => Partial<LayerKind>): LayerKind[] =>
  Array.from({ length: count }, (_, layer) => ({ ...plainLayer, ...kind(layer) }));

/** `layer_types`, or what the family makes of its absence: true for a windowed layer. */
function windowedLayers(raw: ConfigJson, refuse: Refuse, otherwise: (layer: number) => boolean): boolean[] {
  const { layer_types: types, num_hidden_layers: count } = raw;
  if (!types) return Array.from({ length: count }, (_, layer) => otherwise(layer));
  if (types.length !== count) refuse('layer_types', `${types.length} layers`, `num_hidden_layers (${count}) of them`);
  const other = types.find((type) => type !== 'full_attention' && type !== 'sliding_attention');
  if (other !== undefined) refuse('layer_types', other, '"full_attention" or "sliding_attention"');
  return types.map((type) => type === 'sliding_attention');
}

const statedWindow = ({ sliding_window: stated }: ConfigJson): number | null => (stated === undefined ? 4096 : stated);

/** Qwen's windows, which a switch turns on: in the layers of `layer_types`, else in those from `max_window_layers` on. */
function switchedWindow(raw: ConfigJson, refuse: Refuse, otherwise: (layer: number) => boolean) {
  const window = raw.use_sliding_window ? statedWindow(raw) : null;
  const windowed = windowedLayers(raw, refuse, (layer) => window !== null && otherwise(layer));
  if (window === null && windowed.includes(true))
    refuse('layer_types', 'sliding_attention', '"full_attention" without use_sliding_window and sliding_window');
  return { window: windowed.includes(true) && window !== null ? window : undefined, windowed };
}

const windowShape = (raw: ConfigJson, window: number | undefined, kind: (layer: number) => Partial<LayerKind>) => {
  const layerKinds = layersOf(raw, kind);
  const plain = layerKinds.every((layer) => layer.rope === 'main' && !layer.windowed && !layer.experts);
  return { ...(window === undefined ? {} : { window }), ...(plain ? {} : { layerKinds }) };
};

function qwenShape(raw: ConfigJson, refuse: Refuse): Partial<ModelConfig> {
  const { window, windowed } = switchedWindow(raw, refuse, (layer) => layer >= raw.max_window_layers);
  return windowShape(raw, window, (layer) => ({ windowed: windowed[layer] === true }));
}

function mistralShape(raw: ConfigJson, refuse: Refuse): Partial<ModelConfig> {
  const window = statedWindow(raw);
  const all = window === null ? 'full_attention' : 'sliding_attention';
  const other = raw.layer_types?.find((type) => type !== all);
  if (other !== undefined)
    refuse('layer_types', other, `"${all}" in all layers of a mistral model with sliding_window ${window}`);
  return windowShape(raw, window ?? undefined, () => ({ windowed: window !== null }));
}

function smolShape(raw: ConfigJson, refuse: Refuse): Partial<ModelConfig> {
  const { no_rope_layers: given, no_rope_layer_interval: interval, num_hidden_layers: count } = raw;
  if (given && given.length < count)
    refuse('no_rope_layers', `${given.length} layers`, `num_hidden_layers (${count}) of them`);
  const turned = (layer: number) => (given ? Boolean(given[layer]) : (layer + 1) % interval !== 0);
  const { window, windowed } = switchedWindow(raw, refuse, (layer) => !turned(layer));
  return windowShape(raw, window, (layer) => ({
    rope: turned(layer) ? 'main' : 'none',
    windowed: windowed[layer] === true,
  }));
}

/** Windows with rotary frequencies of their own in all layers but every `pattern`-th one. */
function patternShape(raw: ConfigJson, refuse: Refuse, pattern: number): Partial<ModelConfig> {
  const windowed = windowedLayers(raw, refuse, (layer) => (layer + 1) % pattern !== 0);
  const window = statedWindow(raw);
  if (window === null && windowed.includes(true)) refuse('sliding_window', null, 'a number of tokens');
  return windowShape(raw, windowed.includes(true) ? (window ?? undefined) : undefined, (layer) => ({
    rope: windowed[layer] ? 'local' : 'main',
    windowed: windowed[layer] === true,
  }));
}

function gemmaShape(raw: ConfigJson, refuse: Refuse): Partial<ModelConfig> {
  for (const field of ['attn_logit_softcapping', 'final_logit_softcapping'] as const)
    if (raw[field]) refuse(field, raw[field], 'null');
  if (raw.use_bidirectional_attention) refuse('use_bidirectional_attention', true, 'false');
  return {
    ...patternShape(raw, refuse, raw.sliding_window_pattern),
    norms: 'both',
    normFromOne: true,
    queryKeyNorm: 'head',
    multipliers: {
      embedding: Math.fround(Math.sqrt(raw.hidden_size)),
      attention: 1 / Math.sqrt(raw.query_pre_attn_scalar),
    },
  };
}

function graniteShape(raw: ConfigJson): Partial<ModelConfig> {
  const multipliers: Multipliers = {
    embedding: raw.embedding_multiplier,
    attention: raw.attention_multiplier,
    residual: raw.residual_multiplier,
    logits: 1 / raw.logits_scaling,
  };
  return { multipliers };
}

function expertShape(raw: ConfigJson, refuse: Refuse): Partial<ModelConfig> {
  const count = raw.num_experts ?? raw.num_local_experts ?? 128;
  const { num_experts_per_tok: perToken, mlp_only_layers: dense, decoder_sparse_step: step } = raw;
  if (perToken > count) refuse('num_experts_per_tok', perToken, `at most num_experts (${count})`);
  const window = raw.use_sliding_window ? statedWindow(raw) : null;
  const kinds = windowShape(raw, window ?? undefined, (layer) => ({
    windowed: window !== null,
    experts: !dense?.includes(layer) && (layer + 1) % step === 0,
  }));
  const experts = { count, perToken, width: raw.moe_intermediate_size, normalised: raw.norm_topk_prob };
  return { ...kinds, queryKeyNorm: 'head', experts };
}

const olmo = { maxContext: 2048, epsilon: 1e-5 };
const afterSubLayers = { norms: 'after', queryKeyNorm: 'heads' } as const;
const qwen = { kvHeads: 32, maxContext: 32_768 };

/** By `model_type`. */
export const families: Readonly<Record<Architecture, Family>> = {
  llama: { className: 'LlamaForCausalLM', maxContext: 2048 },
  qwen2: { ...qwen, className: 'Qwen2ForCausalLM', windows: true, shape: qwenShape },
  qwen3: {
    ...qwen,
    className: 'Qwen3ForCausalLM',
    windows: true,
    headDim: 128,
    shape: (raw, refuse) => ({ ...qwenShape(raw, refuse), queryKeyNorm: 'head' }),
  },
  qwen3_moe: { className: 'Qwen3MoeForCausalLM', windows: true, kvHeads: 4, maxContext: 32_768, shape: expertShape },
  mistral: { className: 'MistralForCausalLM', windows: true, kvHeads: 8, maxContext: 131_072, shape: mistralShape },
  smollm3: {
    className: 'SmolLM3ForCausalLM',
    windows: true,
    kvHeads: 4,
    maxContext: 32_768,
    tied: true,
    theta: 2e6,
    shape: smolShape,
  },
  granite: { className: 'GraniteForCausalLM', maxContext: 2048, shape: graniteShape },
  olmo2: { ...olmo, className: 'Olmo2ForCausalLM', shape: () => afterSubLayers },
  olmo3: {
    ...olmo,
    className: 'Olmo3ForCausalLM',
    windows: true,
    theta: 5e5,
    localTheta: 5e5,
    shape: (raw, refuse) => ({ ...patternShape(raw, refuse, 4), ...afterSubLayers }),
  },
  gemma3_text: {
    className: 'Gemma3ForCausalLM',
    windows: true,
    kvHeads: 4,
    headDim: 256,
    maxContext: 131_072,
    tied: true,
    theta: 1e6,
    localTheta: 1e4,
    shape: gemmaShape,
  },
};
