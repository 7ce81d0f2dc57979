/**
 * @file A GGUF file as a model folder: its configuration in the words of `config.json`, and its tensors under their Hugging
 * Face names. llama.cpp turns neighbouring elements of a llama head, where Hugging Face turns halves, and its converter
 * reorders the rows of queries and keys for that; reading undoes it.
 */
import { InputError } from '../../../errors.ts';
import { ropePeriods } from '../graph/rope-scaling.ts';
import type { GgufMetadata, GgufReader, GgufValue } from './gguf.ts';
import type { ModelConfig } from './model-config.ts';
import type { WeightSource } from './weight-source.ts';

/** Values of `general.architecture` that are read. */
const ggufArchitectures = ['llama', 'qwen2', 'qwen3'] as const;

/** Hugging Face's name of a tensor of a layer, without `model.layers.<l>.`, to GGUF's without `blk.<l>.`. */
const layerNames: Readonly<Record<string, string>> = {
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

const topNames: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
};

const invert = (names: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(names).map(([name, gguf]) => [gguf, name]));
const layerNamesBack = invert(layerNames);
const topNamesBack = invert(topNames);

/** Hugging Face's name of a GGUF tensor; an unknown one keeps its own. */
function huggingFaceName(gguf: string): string {
  const [, layer, stem = '', suffix] = /^(?:blk\.(\d+)\.)?(.*)\.(weight|bias)$/.exec(gguf) ?? [];
  const known = layer === undefined ? topNamesBack[stem] : layerNamesBack[stem];
  if (known === undefined) return gguf;
  return layer === undefined ? `${known}.${suffix}` : `model.layers.${layer}.${known}.${suffix}`;
}

/** What `config.json` would say. @throws InputError for an architecture that the engine does not run. */
export async function ggufConfig(reader: GgufReader): Promise<Record<string, unknown>> {
  const { metadata, tensors, path } = reader;
  const architecture = text(metadata, 'general.architecture') ?? '';
  if (!ggufArchitectures.some((known) => known === architecture))
    throw new InputError(
      'model-unsupported',
      `${path}: general.architecture: got "${architecture}", expected ${ggufArchitectures.join(' | ')}.`,
    );
  const get = (key: string) => number(metadata, `${architecture}.${key}`);
  const heads = get('attention.head_count');
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const scaling = text(metadata, `${architecture}.rope.scaling.type`);
  const scaled = scaling !== undefined && scaling !== 'none';
  const headDim = get('attention.key_length') ?? (get('embedding_length') ?? 0) / (heads ?? 1);
  const turned = get('rope.dimension_count') ?? headDim;
  return {
    model_type: architecture,
    vocab_size: get('vocab_size') ?? (Array.isArray(tokens) ? tokens.length : undefined),
    hidden_size: get('embedding_length'),
    intermediate_size: get('feed_forward_length'),
    num_hidden_layers: get('block_count'),
    num_attention_heads: heads,
    num_key_value_heads: get('attention.head_count_kv') ?? heads,
    head_dim: get('attention.key_length'),
    rms_norm_eps: single(get('attention.layer_norm_rms_epsilon')),
    rope_theta: get('rope.freq_base'),
    partial_rotary_factor: turned === headDim ? undefined : turned / headDim,
    rope_scaling: scaled
      ? {
          rope_type: scaling,
          factor: get('rope.scaling.factor'),
          original_max_position_embeddings: get('rope.scaling.original_context_length'),
        }
      : await frequencyFactors(reader, { headDim, theta: get('rope.freq_base') ?? 10_000 }),
    max_position_embeddings: get('context_length'),
    tie_word_embeddings: !tensors.has('output.weight'),
    attention_bias: tensors.has('blk.0.attn_output.bias'),
    bos_token_id: number(metadata, 'tokenizer.ggml.bos_token_id'),
    eos_token_id: number(metadata, 'tokenizer.ggml.eos_token_id'),
    pad_token_id: number(metadata, 'tokenizer.ggml.padding_token_id'),
  };
}

const factorsName = 'rope_freqs.weight';

/**
 * Llama 3's frequencies, which a file holds as divisors: llama.cpp's converter has put the numbers of `rope_scaling` into them, and
 * they are found again here.
 *
 * @throws InputError for divisors that no Llama 3 scaling gives.
 */
async function frequencyFactors(
  reader: GgufReader,
  rope: { headDim: number; theta: number },
): Promise<Record<string, unknown> | undefined> {
  if (!reader.tensors.has(factorsName)) return undefined;
  const factors = new Float32Array(rope.headDim / 2);
  await reader.read(factorsName, [factors.length], factors);
  const factor = Number(Math.max(...factors).toPrecision(6));
  if (factors.every((value) => value === 1)) return undefined;
  const scaling = {
    type: 'llama3',
    factor,
    originalContext: 8192,
    lowFrequencyFactor: 1,
    highFrequencyFactor: 4,
  } as const;
  const [plain, scaled] = [ropePeriods(rope).periods, ropePeriods({ ...rope, scaling }).periods];
  const other = factors.findIndex((value, i) => {
    const expected = (scaled[i] as number) / (plain[i] as number);
    return !(Math.abs(value - expected) <= 1e-4 * expected);
  });
  if (other >= 0)
    throw new InputError(
      'model-unsupported',
      `${reader.path}: tensor "${factorsName}": got ${factors[other]} in place ${other}, expected the divisors of Llama 3's scaling (factor ${factor}, original context 8192, frequency factors 1 and 4).`,
      'Use the model as a folder of safetensors, whose config.json says how it scales.',
    );
  return {
    rope_type: 'llama3',
    factor,
    original_max_position_embeddings: 8192,
    low_freq_factor: 1,
    high_freq_factor: 4,
  };
}

/** The shortest decimal that is this fp32 number: 1e-5 was written, 9.999999747378752e-6 is read. */
const single = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(7));

const number = (metadata: GgufMetadata, key: string): number | undefined => {
  const value: GgufValue | undefined = metadata.get(key);
  return typeof value === 'number' ? value : undefined;
};

/** A key of the metadata; undefined where it is absent or no string. */
export const text = (metadata: GgufMetadata, key: string): string | undefined => {
  const value = metadata.get(key);
  return typeof value === 'string' ? value : undefined;
};

/** The tensors under their Hugging Face names, rows of llama's queries and keys in Hugging Face's order. */
export function ggufWeights(reader: GgufReader, config: ModelConfig): WeightSource {
  const own = reader.names.filter((name) => name !== factorsName);
  const names = new Map(own.map((gguf) => [huggingFaceName(gguf), gguf]));
  return {
    path: reader.path,
    names: [...names.keys()],
    async read(name, shape, target) {
      await reader.read(names.get(name) ?? name, shape, target);
      if (config.architecture === 'llama' && /self_attn\.[qk]_proj\./.test(name))
        pairsToHalves(target, { headDim: config.headDim, width: target.length / (shape[0] ?? 1) });
    },
    close: () => reader.close(),
  };
}

/** Rows 2 i and 2 i + 1 of each head become rows i and half + i, in place. */
function pairsToHalves(rows: Float32Array, { headDim, width }: { headDim: number; width: number }): void {
  const half = headDim / 2;
  const head = headDim * width;
  const kept = new Float32Array(head);
  for (let start = 0; start < rows.length; start += head) {
    kept.set(rows.subarray(start, start + head));
    for (let row = 0; row < headDim; row++) {
      const to = start + ((row & 1) * half + (row >> 1)) * width;
      rows.set(kept.subarray(row * width, (row + 1) * width), to);
    }
  }
}
