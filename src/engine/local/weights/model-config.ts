/**
 * @file The shape of a model, read from the `config.json` of a Hugging Face folder. Three families: `llama`; `qwen2`, which
 * is llama with biases on queries, keys and values; and `qwen3`, which is llama with RMS-normalised query and key heads.
 */
import { z } from 'zod';
import { InputError } from '../../../errors.ts';
import { huggingFaceRope, parseRopeScaling, type RopeScaling, ropeFields } from '../graph/rope-scaling.ts';
import type { LoraConfig } from './lora-config.ts';

/** Values of `model_type` that the engine runs. */
export const architectures = ['llama', 'qwen2', 'qwen3'] as const;
/** A family of models; what differs between them is said at the head of this file. */
export type Architecture = (typeof architectures)[number];

/** Which projections of attention have a bias. */
export type AttentionBias = 'query-key-value' | 'query-key-value-output';

/** Sizes count numbers; letters are those of the shapes in this folder and in graph/. */
export interface ModelConfig {
  readonly architecture: Architecture;
  readonly vocabSize: number;
  /** d: width of the residual stream. */
  readonly hiddenSize: number;
  /** f: width of the gated feed-forward layer. */
  readonly intermediateSize: number;
  readonly layers: number;
  /** H: query heads. */
  readonly heads: number;
  /** KV: key and value heads; divides H. */
  readonly kvHeads: number;
  readonly headDim: number;
  readonly normEpsilon: number;
  readonly ropeTheta: number;
  /** Largest prompt plus completion, in tokens. */
  readonly maxContext: number;
  /** The output projection is the embedding. */
  readonly tied: boolean;
  /** Absent: no projection has a bias. */
  readonly attentionBias?: AttentionBias | undefined;
  /** Absent: positions turn as trained. */
  readonly ropeScaling?: RopeScaling | undefined;
  /** A low-rank adapter on some projections; the other parameters are then frozen. Absent: all parameters are trained. */
  readonly lora?: LoraConfig | undefined;
}

const positive = z.int().positive();

const huggingFaceSchema = z.object({
  model_type: z.enum(architectures),
  vocab_size: positive,
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: positive,
  num_attention_heads: positive,
  num_key_value_heads: positive.nullish(),
  head_dim: positive.nullish(),
  rms_norm_eps: z.number().positive().default(1e-6),
  ...ropeFields,
  max_position_embeddings: positive.optional(),
  tie_word_embeddings: z.boolean().default(false),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  hidden_act: z.string().default('silu'),
  use_sliding_window: z.boolean().default(false),
  layer_types: z.array(z.string()).nullish(),
  quantization_config: z.unknown().optional(),
  per_layer_config: z.unknown().optional(),
});

/** What transformers takes where `config.json` says nothing; a `null` of heads means as many as queries have. */
const qwenDefaults = { kvHeads: 32, maxContext: 32_768 };
const familyDefaults: Record<Architecture, { kvHeads?: number; headDim?: number; maxContext: number }> = {
  llama: { maxContext: 2048 },
  qwen2: qwenDefaults,
  qwen3: { ...qwenDefaults, headDim: 128 },
};

/**
 * Reads a parsed `config.json`; `path` is for messages.
 *
 * @throws InputError for another architecture, or a feature that this engine does not compute.
 */
export function parseModelConfig(json: unknown, path: string): ModelConfig {
  const parsed = huggingFaceSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    throw new InputError(
      'model-config-invalid',
      `${path}: ${field}: ${issue?.message ?? 'invalid'}.`,
      `The embedded engine runs ${architectures.join(' and ')} models in the Hugging Face layout.`,
    );
  }
  const raw = parsed.data;
  const refuse = (field: string, got: unknown, allowed: string): never => {
    throw new InputError('model-unsupported', `${path}: ${field}: got ${JSON.stringify(got)}, expected ${allowed}.`);
  };
  if (raw.mlp_bias) refuse('mlp_bias', true, 'false');
  if (raw.hidden_act !== 'silu') refuse('hidden_act', raw.hidden_act, '"silu"');
  if (raw.use_sliding_window) refuse('use_sliding_window', true, 'false');
  const otherLayer = raw.layer_types?.find((type) => type !== 'full_attention');
  if (otherLayer !== undefined) refuse('layer_types', otherLayer, '"full_attention" in all layers');
  if (raw.per_layer_config) refuse('per_layer_config', raw.per_layer_config, 'layers of one shape');
  if (raw.quantization_config) refuse('quantization_config', raw.quantization_config, 'weights in fp32, bf16 or fp16');
  const defaults = familyDefaults[raw.model_type];
  const { num_attention_heads: heads, num_key_value_heads: stated = defaults.kvHeads } = raw;
  const kvHeads = stated ?? heads;
  if (heads % kvHeads !== 0) refuse('num_key_value_heads', kvHeads, `a divisor of num_attention_heads (${heads})`);
  const headDim = raw.head_dim ?? defaults.headDim ?? raw.hidden_size / heads;
  if (!Number.isInteger(headDim) || headDim % 2 !== 0) refuse('head_dim', headDim, 'an even whole number');
  const maxContext = raw.max_position_embeddings ?? defaults.maxContext;
  const rope = parseRopeScaling(raw, { path, maxContext });
  return {
    architecture: raw.model_type,
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    layers: raw.num_hidden_layers,
    heads,
    kvHeads,
    headDim,
    normEpsilon: raw.rms_norm_eps,
    ropeTheta: rope.theta,
    maxContext,
    tied: raw.tie_word_embeddings,
    ...(raw.model_type === 'qwen2' ? { attentionBias: 'query-key-value' } : {}),
    ...(raw.attention_bias && raw.model_type !== 'qwen2' ? { attentionBias: 'query-key-value-output' } : {}),
    ...(rope.scaling ? { ropeScaling: rope.scaling } : {}),
  };
}

const modelClasses: Record<Architecture, string> = {
  llama: 'LlamaForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
};

/** The `config.json` that Hugging Face's libraries read. */
export function huggingFaceConfig(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: [modelClasses[config.architecture]],
    model_type: config.architecture,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    rms_norm_eps: config.normEpsilon,
    ...huggingFaceRope(config.ropeTheta, config.ropeScaling),
    max_position_embeddings: config.maxContext,
    tie_word_embeddings: config.tied,
    attention_bias: config.attentionBias === 'query-key-value-output',
    hidden_act: 'silu',
    torch_dtype: 'float32',
  };
}
