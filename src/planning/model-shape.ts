/**
 * @file The shapes of models, as their `config.json` states them, and what follows from a shape: parameters, FLOPs a token,
 * bytes of key/value cache. Qwen3 and Llama layouts, dense or with routed experts, with windows in some layers.
 */
import { z } from 'zod';
import { InputError, unknownValue } from '../errors.ts';

/** Sizes are in entries, counts are of one layer where they are of a layer. */
export interface ModelShape {
  readonly vocabulary: number;
  /** d */
  readonly hidden: number;
  /** f: of the dense feed-forward layer, or of one expert. */
  readonly intermediate: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly tied: boolean;
  /** RMS norms of query and key heads (Qwen3). */
  readonly headNorms: boolean;
  /** Routed experts of a layer, and how many a token visits; absent in a dense model. */
  readonly experts?: { readonly count: number; readonly active: number } | undefined;
  /** Layers that attend to the last `window` tokens only; absent where all attend to everything. */
  readonly windowed?: { readonly layers: number; readonly window: number } | undefined;
}

const qwen3 = { vocabulary: 151_936, headDim: 128, headNorms: true } as const;

/** From the `config.json` of each model on the hub. */
export const knownModels = {
  'Qwen3-0.6B': { ...qwen3, hidden: 1024, intermediate: 3072, layers: 28, heads: 16, kvHeads: 8, tied: true },
  'Qwen3-1.7B': { ...qwen3, hidden: 2048, intermediate: 6144, layers: 28, heads: 16, kvHeads: 8, tied: true },
  'Qwen3-4B': { ...qwen3, hidden: 2560, intermediate: 9728, layers: 36, heads: 32, kvHeads: 8, tied: true },
  'Qwen3-8B': { ...qwen3, hidden: 4096, intermediate: 12_288, layers: 36, heads: 32, kvHeads: 8, tied: false },
  'Qwen3-30B-A3B': {
    ...qwen3,
    hidden: 2048,
    intermediate: 768,
    layers: 48,
    heads: 32,
    kvHeads: 4,
    tied: false,
    experts: { count: 128, active: 8 },
  },
} as const satisfies Readonly<Record<string, ModelShape>>;
/** Without its owner: `Qwen3-4B`. */
export type KnownModel = keyof typeof knownModels;
/** What `--model` takes beside a folder. */
export const knownModelNames = Object.keys(knownModels) as KnownModel[];

/** `Qwen/Qwen3-4B` and `Qwen3-4B` are the same model. @throws UsageError with a suggestion. */
export function knownModel(name: string): ModelShape {
  const short = name.split('/').at(-1) ?? name;
  const found = knownModelNames.find((known) => known.toLowerCase() === short.toLowerCase());
  if (found === undefined) throw unknownValue('--model', name, knownModelNames);
  return knownModels[found];
}

const positive = z.int().positive();
const configSchema = z.object({
  model_type: z.string(),
  vocab_size: positive,
  hidden_size: positive,
  intermediate_size: positive,
  num_hidden_layers: positive,
  num_attention_heads: positive,
  num_key_value_heads: positive.optional(),
  head_dim: positive.nullish(),
  tie_word_embeddings: z.boolean().default(false),
  num_experts: positive.optional(),
  num_experts_per_tok: positive.optional(),
  moe_intermediate_size: positive.optional(),
  sliding_window: positive.nullish(),
  use_sliding_window: z.boolean().optional(),
  max_window_layers: z.int().nonnegative().optional(),
  sliding_window_pattern: positive.optional(),
  layer_types: z.array(z.string()).optional(),
});

/** Layers with a window: by `layer_types` where they are named, else by the field that the family had before it. */
function windowedLayers(c: z.infer<typeof configSchema>): number {
  if (c.use_sliding_window === false) return 0;
  if (c.layer_types !== undefined) return c.layer_types.filter((type) => type === 'sliding_attention').length;
  // Gemma 3: each such many-th layer sees everything. Qwen: the last layers have windows. Mistral: all.
  if (c.sliding_window_pattern !== undefined) {
    return c.num_hidden_layers - Math.floor(c.num_hidden_layers / c.sliding_window_pattern);
  }
  return Math.max(0, c.num_hidden_layers - (c.max_window_layers ?? 0));
}

function windowsOf(c: z.infer<typeof configSchema>): ModelShape['windowed'] {
  if (c.sliding_window === undefined || c.sliding_window === null) return undefined;
  const layers = windowedLayers(c);
  return layers === 0 ? undefined : { layers, window: c.sliding_window };
}

/** The shape that a `config.json` states. @throws InputError naming what is missing. */
export function shapeOfConfig(json: unknown, file: string): ModelShape {
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) {
    throw new InputError('config-unreadable', `${file}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  }
  const c = parsed.data;
  const experts =
    c.num_experts === undefined ? undefined : { count: c.num_experts, active: c.num_experts_per_tok ?? 1 };
  return {
    vocabulary: c.vocab_size,
    hidden: c.hidden_size,
    intermediate: experts === undefined ? c.intermediate_size : (c.moe_intermediate_size ?? c.intermediate_size),
    layers: c.num_hidden_layers,
    heads: c.num_attention_heads,
    kvHeads: c.num_key_value_heads ?? c.num_attention_heads,
    headDim: c.head_dim ?? c.hidden_size / c.num_attention_heads,
    tied: c.tie_word_embeddings,
    headNorms: c.model_type.startsWith('qwen3'),
    experts,
    windowed: windowsOf(c),
  };
}

/** Numbers of parameters, not bytes. */
export interface ParameterCount {
  readonly total: number;
  /** What a token passes: all of a dense model, the visited experts of another. */
  readonly active: number;
  /** Parameters of all routed experts. */
  readonly experts: number;
  /** Entries of the matrices that a token is multiplied with; the embedding is only looked up. */
  readonly multiplied: number;
}

/** From the shape alone: tied embeddings count once, and no bias terms are counted. */
export function countParameters(shape: ModelShape): ParameterCount {
  const { vocabulary, hidden, intermediate, layers, heads, kvHeads, headDim, tied, headNorms, experts } = shape;
  const attention = hidden * headDim * (2 * heads + 2 * kvHeads);
  const norms = 2 * hidden + (headNorms ? 2 * headDim : 0);
  const feed = 3 * hidden * intermediate;
  const router = experts === undefined ? 0 : hidden * experts.count;
  const embeddings = vocabulary * hidden * (tied ? 1 : 2);
  const perLayer = (visited: number) => layers * (attention + norms + router + feed * visited);
  const rest = embeddings + hidden;
  const visited = experts?.active ?? 1;
  return {
    total: perLayer(experts?.count ?? 1) + rest,
    active: perLayer(visited) + rest,
    experts: experts === undefined ? 0 : layers * feed * experts.count,
    multiplied: layers * (attention + router + feed * visited) + vocabulary * hidden,
  };
}

/** Bytes of key/value cache that a token takes over all layers that hold it. */
export const kvBytes = ({ layers, kvHeads, headDim }: ModelShape, bytes = 2): number =>
  2 * layers * kvHeads * headDim * bytes;

/** Tokens of cache that a sequence of `tokens` takes, as the mean over layers: a windowed layer keeps its window. */
export function cachedTokens({ layers, windowed }: ModelShape, tokens: number): number {
  if (windowed === undefined) return tokens;
  return tokens - (windowed.layers / layers) * Math.max(0, tokens - windowed.window);
}

/** Sum over the tokens `from` to `to` of how many each attends to, causally, within `window`. */
function attended(from: number, to: number, window = Number.POSITIVE_INFINITY): number {
  const upTo = (n: number) => (n <= window ? (n * n) / 2 : (window * window) / 2 + window * (n - window));
  return upTo(to) - upTo(from);
}

/** FLOPs of a forward pass over tokens `from` to `to` of a sequence, causal attention included. */
export function forwardFlops(shape: ModelShape, from: number, to: number): number {
  const matrices = 2 * countParameters(shape).multiplied * (to - from);
  const { layers, heads, headDim, windowed } = shape;
  const inWindows = windowed === undefined ? 0 : windowed.layers * attended(from, to, windowed.window);
  const full = (layers - (windowed?.layers ?? 0)) * attended(from, to);
  // A token that attends to n tokens takes two products of 2 heads headDim n FLOPs each.
  return matrices + 4 * heads * headDim * (full + inWindows);
}
