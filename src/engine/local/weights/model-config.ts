/**
 * @file The shape of a model as data: what the graphs are built from. `families.ts` reads it from the `config.json` of each family;
 * the fields that are absent are those of Llama.
 */
import type { RopeScaling } from '../graph/rope-scaling.ts';
import type { LayerKind } from './layer-kind.ts';
import type { LoraConfig } from './lora-config.ts';

/** Values of `model_type` that the engine runs. */
export const architectures = [
  'llama',
  'qwen2',
  'qwen3',
  'qwen3_moe',
  'mistral',
  'smollm3',
  'granite',
  'olmo2',
  'olmo3',
  'gemma3_text',
] as const;
/** A family of models; families.ts says what differs between them. */
export type Architecture = (typeof architectures)[number];

/** Which projections of attention have a bias. */
export type AttentionBias = 'query-key-value' | 'query-key-value-output';

/** Where the norms of a sub-layer stand: on what it reads, on what it writes, or on both. */
export type NormPlace = 'before' | 'after' | 'both';

/** The function of the gate in the feed-forward part. */
export type Activation = 'silu' | 'gelu-tanh' | 'gelu';

/** Constant factors; each is 1 where it is absent. */
export interface Multipliers {
  /** Of the token embeddings. */
  readonly embedding?: number | undefined;
  /** Of the scores, instead of 1 / sqrt(headDim). */
  readonly attention?: number | undefined;
  /** Of what a sub-layer adds to the residual stream. */
  readonly residual?: number | undefined;
  /** Of the logits. */
  readonly logits?: number | undefined;
}

/** A feed-forward part that is a choice of experts, by the softmax of a router (`graph/experts.ts`). */
export interface Experts {
  readonly count: number;
  /** Experts of a token. */
  readonly perToken: number;
  /** Width of an expert. */
  readonly width: number;
  /** Whether the weights of a token's experts are made to sum to one. */
  readonly normalised: boolean;
}

/** Sizes count numbers; letters are those of the shapes in this folder and in graph/. */
export interface ModelConfig {
  /** `model_type` of its configuration: it names files, tensors and classes, and nothing else reads it. */
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
  /** Whether the feed-forward projections have biases. */
  readonly feedBias?: boolean | undefined;
  /** Absent: positions turn as trained. */
  readonly ropeScaling?: RopeScaling | undefined;
  /** Frequencies of the layers whose kind says `local`. */
  readonly localRope?: { readonly theta: number; readonly scaling?: RopeScaling | undefined } | undefined;
  /** Tokens that a windowed layer sees, the query's own among them. */
  readonly window?: number | undefined;
  /** One for each layer; absent: all plain. */
  readonly layerKinds?: readonly LayerKind[] | undefined;
  /** Absent: before. */
  readonly norms?: NormPlace | undefined;
  /** Norms multiply by 1 + w. */
  readonly normFromOne?: boolean | undefined;
  /** RMSNorm of queries and keys: of each head, or of all heads together. Absent: none. */
  readonly queryKeyNorm?: 'head' | 'heads' | undefined;
  /** Absent: silu. */
  readonly activation?: Activation | undefined;
  readonly multipliers?: Multipliers | undefined;
  readonly experts?: Experts | undefined;
  /** A low-rank adapter on some projections; the other parameters are then frozen. Absent: all parameters are trained. */
  readonly lora?: LoraConfig | undefined;
}

/** Factor of the scores of attention. */
export const attentionScale = ({ multipliers, headDim }: ModelConfig): number =>
  multipliers?.attention ?? 1 / Math.sqrt(headDim);
