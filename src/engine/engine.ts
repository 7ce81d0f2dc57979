/**
 * @file The engine interface: the Tinker vocabulary (sample, forwardBackward, optimStep, save, load), so that a remote
 * server is a thin adapter. The training loop knows only this file.
 *
 * One deliberate difference: a batch is a list of *groups*. The G rollouts of a prompt travel with the prompt once, so an
 * engine that can share the prompt's forward and backward pass does (cost about P + G R tokens instead of G (P + R)).
 */

/** Losses of a token by name; losses.ts has the formulas. */
export const losses = ['cross-entropy', 'importance-sampling', 'ppo', 'cispo'] as const;
/** A value of `LossSpec.type`. */
export type LossName = (typeof losses)[number];

/** Ways from token losses to the loss of a batch; `LossSpec.aggregation` says what each divides by. */
export const aggregations = ['token-mean', 'sequence-mean-token-mean', 'constant'] as const;
/** A value of `LossSpec.aggregation`. */
export type Aggregation = (typeof aggregations)[number];

/** Estimators of KL(now || reference) from a sampled token; losses.ts has the formulas. */
export const klEstimators = ['k1', 'k2', 'k3'] as const;
/** A value of `LossSpec.klEstimator`. */
export type KlEstimator = (typeof klEstimators)[number];

/** What an engine says of itself; it does not change while the engine is open. */
export interface EngineInfo {
  /** Where the weights came from: a directory or a hub id. */
  readonly model: string;
  /** `llama`, `qwen2` or `qwen3`. */
  readonly architecture: string;
  readonly parameters: number;
  /** How many are trained: all of the model's, or an adapter's. Default: all. */
  readonly trainedParameters?: number;
  readonly vocabSize: number;
  /** Largest prompt plus completion, in tokens. */
  readonly maxContext: number;
  readonly losses: readonly LossName[];
  /**
   * Whether `sample` may run while a step trains, with the weights as they were when it was called. Absent: it may, but
   * nothing is won by it.
   */
  readonly offPolicySampling?: boolean;
  /** Of an engine that computes on a device. */
  readonly device?: DeviceInfo;
}

/** A device that an engine computes on, and how it compared with the processor before it was used. */
export interface DeviceInfo {
  readonly name: 'webgpu' | 'webgpu-fp16';
  /** Operators of the graphs that it does not run, with their numbers of nodes: they run on the processor. */
  readonly fallbacks: readonly { readonly operator: string; readonly nodes: number }[];
  /** Largest relative differences from the processor, on a tiny batch. */
  readonly lossDifference: number;
  readonly gradientDifference: number;
  /** Sampled tokens that were equal, of how many. */
  readonly equalTokens: number;
  readonly tokens: number;
  /** Bytes of the largest tensor that it takes; absent where it does not say. */
  readonly largestTensor?: number;
}

/** P prompts with G rollouts each. @throws UsageError or EngineError from `sample` for what cannot be met. */
export interface SampleRequest {
  /** [P][T] token ids; every prompt has at least one token. */
  readonly prompts: readonly Int32Array[];
  /** G: rollouts for each prompt. */
  readonly rolloutsPerPrompt: number;
  /** R: most tokens in a completion, the stop token included. */
  readonly maxTokens: number;
  /** 0 is greedy; otherwise the softmax temperature. */
  readonly temperature: number;
  /** Nucleus mass in (0, 1]; default 1. */
  readonly topP?: number;
  /** The k most likely tokens alone; 0, the default, is all. */
  readonly topK?: number;
  /** Least share of the most likely token's probability, in [0, 1]; default 0. */
  readonly minP?: number;
  /** A completion ends with the first of these; it is kept as the last token. */
  readonly stopTokens: readonly number[];
  /** A completion also ends with the token that completes one of these in its text, special tokens spelled out. */
  readonly stopStrings?: readonly string[];
  /** Rollout g of prompt p draws from `random(seeds[p], 'sample', g)` alone: same seed, same tokens, whatever the batch. */
  readonly seeds: readonly number[];
  readonly signal?: AbortSignal;
  /** Called while sampling goes on. */
  readonly onEvent?: (event: SampleEvent) => void;
}

/** Progress of one `sample` call, in the order in which things happen. */
export type SampleEvent =
  /** Prompt tokens taken in so far, of `total`. */
  | { readonly type: 'prefill-progress'; readonly tokens: number; readonly total: number }
  /** One token for each rollout in progress: [B] indices of its prompt and rollout, the token, its log-probability. */
  | {
      readonly type: 'tokens-drawn';
      readonly prompts: Int32Array;
      readonly rollouts: Int32Array;
      readonly tokens: Int32Array;
      readonly logprobs: Float32Array;
    }
  | {
      readonly type: 'rollout-end';
      readonly prompt: number;
      readonly rollout: number;
      readonly completion: Completion;
    };

/** One sampled answer. */
export interface Completion {
  /** [R] token ids, the stop token included. */
  readonly tokens: Int32Array;
  /** [R] log-probabilities of the tokens under the raw model (temperature 1, nothing cut), natural log. */
  readonly logprobs: Float32Array;
  /** [R] entropy of the raw model at each token, nats; absent where the engine does not tell: only the embedded one on the processor does. */
  readonly entropies?: Float32Array;
  readonly stopReason: 'stop' | 'length';
}

/** A completion to train on, with what the loss needs of each of its tokens. */
export interface Rollout {
  /** [R] token ids that follow the prompt. */
  readonly tokens: Int32Array;
  /**
   * [R K] soft targets: K tokens that each position may be followed by, row by row, in place of `tokens`, which are then read alone.
   * The numbers below are [R K] too; K is the same in the whole batch.
   */
  readonly targets?: Int32Array;
  /** [R] log-probabilities under the policy that sampled them; unused by cross-entropy. */
  readonly logprobs: Float32Array;
  /** [R] advantage of each token; for cross-entropy, its weight. Tokens with 0 carry no gradient but that of the KL term. */
  readonly advantages: Float32Array;
  /** [R] log-probabilities under the frozen reference; needed with `klCoefficient`. */
  readonly referenceLogprobs?: Float32Array;
}

/** The rollouts of one prompt. With an empty prompt, the first token of each rollout is context and is not predicted. */
export interface TrajectoryGroup {
  readonly prompt: Int32Array;
  readonly rollouts: readonly Rollout[];
}

/** What has log-probabilities: a prompt and tokens that follow it. */
export interface ScoredGroup {
  readonly prompt: Int32Array;
  readonly rollouts: readonly Pick<Rollout, 'tokens' | 'targets'>[];
}

/** The most likely tokens of a sequence of N tokens. */
export interface TopLogprobs {
  /** K */
  readonly count: number;
  /** [N K], the likeliest first; zeros at the first position, which nothing comes before. */
  readonly tokens: Int32Array;
  /** [N K], natural log; NaN at the first position. */
  readonly logprobs: Float32Array;
}

/** Default: the policy as it is. */
export interface LogprobOptions {
  /** Under the frozen weights of the start. */
  readonly reference?: boolean;
  readonly signal?: AbortSignal;
}

/** The objective of a batch. Numbers that are absent are the paper's, or switch their term off. */
export interface LossSpec {
  readonly type: LossName;
  /** epsilon_low: ratio floor 1 - clipLow (paper 0.2). */
  readonly clipLow?: number;
  /** epsilon_high: ratio ceiling 1 + clipHigh (paper 0.28). */
  readonly clipHigh?: number;
  /** Dual clip c: for negative advantages the loss is bounded by c |A| (paper 3.0). */
  readonly dualClip?: number;
  /**
   * `token-mean`: sum of token losses / number of completion tokens in the batch. `sequence-mean-token-mean`: mean of each
   * rollout's token mean. `constant`: sum / `normalizer` (Dr. GRPO: maximum response length times rollouts).
   */
  readonly aggregation: Aggregation;
  /** Divisor for `constant`. */
  readonly normalizer?: number;
  /** Rollout-ratio correction: a token whose ratio pi_now / pi_rollout leaves [low, high] gets no gradient (paper 0.5..5). */
  readonly ratioBounds?: readonly [low: number, high: number];
  /** A rollout with any token ratio below this gets no gradient at all (paper 1e-4). */
  readonly ratioVeto?: number;
  /** beta of the KL term, which every completion token has, masked and vetoed ones too; 0, the default, is no term. */
  readonly klCoefficient?: number;
  /** Default `k3`. */
  readonly klEstimator?: KlEstimator;
}

/** What a batch said of the policy, before the update. */
export interface StepMetrics {
  readonly loss: number;
  /** Mean entropy of the policy over completion tokens, nats. */
  readonly entropy: number;
  /** Share of completion tokens whose ratio was clipped. */
  readonly clipFraction: number;
  /** Mean of (log pi_rollout - log pi_now) over completion tokens: the k1 estimate of KL(rollout || now). */
  readonly approximateKl: number;
  /** Share of completion tokens masked by ratioBounds or ratioVeto. */
  readonly maskedFraction: number;
  /** Mean over completion tokens of the chosen estimate of KL(now || reference); absent without `klCoefficient`. */
  readonly referenceKl?: number;
  /** Completion tokens in the batch. */
  readonly tokens: number;
  /**
   * Of a model with experts: the share of a layer's choices that its busiest expert got, over the even share, in the most uneven
   * layer; 1 is even, the number of experts over the choices of a token is one expert for all. The embedded engine alone says it.
   */
  readonly expertImbalance?: number;
}

/** Settings of one update, AdamW with decoupled decay; some servers fix a part of them (`EngineProfile.adam`). */
export interface AdamParams {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Clip of the global gradient norm; 0 is off. */
  readonly gradientClip: number;
}

/** What an update did. */
export interface OptimMetrics {
  /** Norm of the accumulated gradient before clipping. */
  readonly gradientNorm: number;
  /** Optimizer steps taken so far. */
  readonly step: number;
}

/** A checkpoint: a directory with model.safetensors, config.json, tokenizer.json, optimizer state and, last, manifest.json. */
export interface CheckpointRef {
  readonly path: string;
}

/** A policy with its weights. A training step is `forwardBackward`, once or several times, then `optimStep`. */
export interface Engine {
  /** What is opened: model, size, longest context, losses that can be computed. */
  info(): Promise<EngineInfo>;
  /** Result [p][g] belongs to prompt p, rollout g. @throws when aborted. */
  sample(request: SampleRequest): Promise<Completion[][]>;
  /**
   * Accumulates gradients.
   *
   * @throws EngineError naming the group when the loss or a gradient is not finite, and `aborted` when the signal aborts;
   * the accumulated gradients are then as before the call.
   */
  forwardBackward(batch: readonly TrajectoryGroup[], loss: LossSpec, signal?: AbortSignal): Promise<StepMetrics>;
  /**
   * [p][g][R] log-probabilities of the rollouts' tokens under the policy as it is, or as it was when the engine was opened
   * (`reference`). The first token after an empty prompt has 0. An engine without it cannot train with `klCoefficient`.
   */
  logprobs?(batch: readonly ScoredGroup[], options?: LogprobOptions): Promise<Float32Array[][]>;
  /** [n] the `count` most likely tokens at each position of sequence n under the policy as it is, whatever token stands there. */
  topLogprobs?(sequences: readonly Int32Array[], count: number, signal?: AbortSignal): Promise<TopLogprobs[]>;
  /** Applies and clears the accumulated gradients. */
  optimStep(params: AdamParams): Promise<OptimMetrics>;
  /** Writes weights and optimizer state atomically into `directory`. */
  save(directory: string): Promise<CheckpointRef>;
  /** Takes the weights and the state of the optimizer of a checkpoint that this engine has saved. */
  load(ref: CheckpointRef): Promise<void>;
  /** Of an engine whose checkpoints lie elsewhere than in their folder: frees what this one names, if that can be done. */
  discard?(ref: CheckpointRef): Promise<void>;
  /**
   * Of an engine that may be lost (`EngineError.lost`): connects anew, with the weights that the engine was opened with.
   *
   * @throws EngineError when it cannot be reached.
   */
  reopen?(signal?: AbortSignal): Promise<void>;
  /** Ends the engine and frees its memory; it is not used afterwards. */
  close(): Promise<void>;
}
