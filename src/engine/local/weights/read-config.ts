/** @file `config.json` to a model's shape and back. */
import { InputError } from '../../../errors.ts';
import { huggingFaceRope, parseLayerRopes, parseRopeScaling } from '../graph/rope-scaling.ts';
import { type ConfigJson, configSchema, type Family, families, type Refuse } from './families.ts';
import { type Activation, type AttentionBias, architectures, type ModelConfig } from './model-config.ts';
import { nearestFamily } from './near-family.ts';

const activations: Readonly<Record<string, Activation>> = {
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_pytorch_tanh: 'gelu-tanh',
};

/**
 * Reads a parsed `config.json`; `path` is for messages.
 *
 * @throws InputError for another architecture, or a feature that this engine does not compute.
 */
export function parseModelConfig(json: unknown, path: string): ModelConfig {
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) throw invalid(json, path, parsed.error.issues[0]);
  const raw = parsed.data;
  const refuse: Refuse = (field, got, allowed) => {
    throw new InputError('model-unsupported', `${path}: ${field}: got ${JSON.stringify(got)}, expected ${allowed}.`);
  };
  if (raw.per_layer_config) refuse('per_layer_config', raw.per_layer_config, 'layers of one shape');
  if (raw.quantization_config) refuse('quantization_config', raw.quantization_config, 'weights in fp32, bf16 or fp16');
  const family = families[raw.model_type];
  if (!family.windows) refuseWindows(raw, refuse);
  const maxContext = raw.max_position_embeddings ?? family.maxContext;
  const attentionBias = biasOf(raw);
  if (raw.mlp_bias && !['llama', 'granite', 'smollm3'].includes(raw.model_type)) refuse('mlp_bias', true, 'false');
  const activation = activationOf(raw, refuse);
  return {
    architecture: raw.model_type,
    vocabSize: raw.vocab_size,
    hiddenSize: raw.hidden_size,
    intermediateSize: raw.intermediate_size,
    layers: raw.num_hidden_layers,
    ...headsOf(raw, family, refuse),
    normEpsilon: raw.rms_norm_eps ?? family.epsilon ?? 1e-6,
    maxContext,
    tied: raw.tie_word_embeddings ?? family.tied ?? false,
    ...ropeOf(raw, family, { path, maxContext }),
    ...(attentionBias ? { attentionBias } : {}),
    ...(raw.mlp_bias ? { feedBias: true } : {}),
    ...(activation === 'silu' ? {} : { activation }),
    ...family.shape?.(raw, refuse),
  };
}

function invalid(json: unknown, path: string, issue: { path: PropertyKey[]; message: string } | undefined): InputError {
  const field = issue?.path.join('.') ?? '';
  const family = (json as { model_type?: unknown } | null)?.model_type;
  const got = field === 'model_type' ? `got ${JSON.stringify(family)}, ` : '';
  return new InputError(
    'model-config-invalid',
    `${path}: ${field}: ${got}${issue?.message ?? 'invalid'}.`,
    [
      field === 'model_type' && typeof family === 'string' ? nearestFamily(family) : undefined,
      `The embedded engine runs ${architectures.join(', ')} models in the Hugging Face layout.`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

function refuseWindows(raw: ConfigJson, refuse: Refuse): void {
  const having = Object.entries(families).filter(([, { windows }]) => windows);
  const near = `in a ${raw.model_type} model; windows are read in ${having.map(([name]) => name).join(', ')}`;
  if (raw.use_sliding_window) refuse('use_sliding_window', true, `false ${near}`);
  const other = raw.layer_types?.find((type) => type !== 'full_attention');
  if (other !== undefined) refuse('layer_types', other, `"full_attention" in all layers ${near}`);
}

const biasOf = (raw: ConfigJson): AttentionBias | undefined => {
  if (raw.model_type === 'qwen2') return 'query-key-value';
  return raw.attention_bias && raw.model_type !== 'mistral' ? 'query-key-value-output' : undefined;
};

function activationOf(raw: ConfigJson, refuse: Refuse): Activation {
  const field = raw.model_type === 'gemma3_text' ? 'hidden_activation' : 'hidden_act';
  const name = raw[field] ?? (field === 'hidden_act' ? 'silu' : 'gelu_pytorch_tanh');
  return activations[name] ?? refuse(field, name, Object.keys(activations).join(' | '));
}

function headsOf(raw: ConfigJson, family: Family, refuse: Refuse) {
  const { num_attention_heads: heads, num_key_value_heads: stated = family.kvHeads } = raw;
  const kvHeads = stated ?? heads;
  if (heads % kvHeads !== 0) refuse('num_key_value_heads', kvHeads, `a divisor of num_attention_heads (${heads})`);
  const headDim = raw.head_dim ?? family.headDim ?? raw.hidden_size / heads;
  if (!Number.isInteger(headDim) || headDim % 2 !== 0) refuse('head_dim', headDim, 'an even whole number');
  return { heads, kvHeads, headDim };
}

function ropeOf(
  raw: ConfigJson,
  { theta = 10_000, localTheta }: Family,
  where: { path: string; maxContext: number },
): Pick<ModelConfig, 'ropeTheta' | 'ropeScaling' | 'localRope'> {
  const { main, local } =
    localTheta === undefined
      ? { main: parseRopeScaling(raw, { ...where, theta }), local: undefined }
      : parseLayerRopes(raw, { ...where, theta, localTheta: raw.rope_local_base_freq ?? localTheta });
  return {
    ropeTheta: main.theta,
    ...(main.scaling ? { ropeScaling: main.scaling } : {}),
    ...(local ? { localRope: local } : {}),
  };
}

/** The `config.json` that Hugging Face's libraries read. */
export function huggingFaceConfig(config: ModelConfig): Record<string, unknown> {
  return {
    architectures: [families[config.architecture].className],
    model_type: config.architecture,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    rms_norm_eps: config.normEpsilon,
    ...huggingFaceRope(config),
    max_position_embeddings: config.maxContext,
    tie_word_embeddings: config.tied,
    attention_bias: config.attentionBias === 'query-key-value-output',
    ...huggingFaceActivation(config),
    ...huggingFaceWindow(config),
    ...huggingFaceFactors(config),
    ...huggingFaceExperts(config),
    ...(config.feedBias ? { mlp_bias: true } : {}),
    torch_dtype: 'float32',
  };
}

function huggingFaceActivation({ architecture, activation = 'silu' }: ModelConfig): Record<string, unknown> {
  const name = Object.keys(activations).find((known) => activations[known] === activation);
  return architecture === 'gemma3_text' ? { hidden_activation: name } : { hidden_act: name };
}

function huggingFaceWindow({ architecture, window, layerKinds = [] }: ModelConfig): Record<string, unknown> {
  const turned =
    architecture === 'smollm3' ? { no_rope_layers: layerKinds.map(({ rope }) => Number(rope !== 'none')) } : {};
  const types = layerKinds.map(({ windowed }) => (windowed ? 'sliding_attention' : 'full_attention'));
  switch (architecture) {
    case 'mistral':
      return { sliding_window: window ?? null };
    case 'qwen2':
    case 'qwen3':
    case 'smollm3': {
      if (window === undefined) return turned;
      // vLLM refuses a mixture of layers unless this says that there are none; where there is a list, transformers reads that.
      const max_window_layers = types.includes('full_attention') ? layerKinds.length : 0;
      return { ...turned, use_sliding_window: true, sliding_window: window, max_window_layers, layer_types: types };
    }
    case 'qwen3_moe':
      return window === undefined ? {} : { use_sliding_window: true, sliding_window: window };
    case 'gemma3_text':
    case 'olmo3':
      return types.length === 0
        ? {}
        : { layer_types: types, ...(window === undefined ? {} : { sliding_window: window }) };
    default:
      return {};
  }
}

function huggingFaceFactors({ architecture, multipliers = {} }: ModelConfig): Record<string, unknown> {
  const { embedding = 1, attention = 1, residual = 1, logits = 1 } = multipliers;
  if (architecture === 'gemma3_text') return { query_pre_attn_scalar: Math.round(1 / attention ** 2) };
  if (architecture !== 'granite') return {};
  return {
    embedding_multiplier: embedding,
    attention_multiplier: attention,
    residual_multiplier: residual,
    logits_scaling: 1 / logits,
  };
}

function huggingFaceExperts({ experts, layerKinds = [] }: ModelConfig): Record<string, unknown> {
  if (!experts) return {};
  return {
    num_experts: experts.count,
    num_experts_per_tok: experts.perToken,
    moe_intermediate_size: experts.width,
    norm_topk_prob: experts.normalised,
    decoder_sparse_step: 1,
    mlp_only_layers: layerKinds.flatMap((kind, layer) => (kind.experts ? [] : [layer])),
  };
}
