/**
 * @file How a policy lies on GPUs, and what each GPU then holds. Megatron with a distributed optimizer (verl), and FSDP (SkyRL).
 *
 *   weights 2 bytes a parameter (bf16), gradients 4 (fp32), optimizer 12 (fp32 copy and two moments) over the data-parallel ranks
 *   activations, recomputed: the input of each layer, and one layer and the logits at work
 *
 * Offloading of Megatron (verl's presets of the paper) moves weights and optimizer to the host while rollouts are sampled; while a
 * step is taken they are all on the GPU, which is the peak counted here. FSDP2 with its offload policy keeps all of it on the host,
 * and one layer at a time on the GPU, gathered in bf16 with its gradient; parameters are fp32 there, 16 bytes each in all.
 */
import { countParameters, kvBytes, type ModelShape } from './model-shape.ts';

/** Sizes are in GPUs; 1 means that nothing is split that way. */
export interface Layout {
  /** `megatron`: a copy of the policy on `tensor * context` GPUs. `fsdp`: every parameter over all GPUs, a sequence over `context`. */
  readonly kind: 'megatron' | 'fsdp';
  readonly gpus: number;
  readonly tensor: number;
  readonly context: number;
  readonly expert: number;
  /** GPUs of one copy of the rollout engine. */
  readonly rollout: number;
  /** FSDP2's offload policy: parameters, gradients and optimizer are on the host. */
  readonly offload?: boolean | undefined;
  /** Rank of an adapter; absent: all parameters are trained. */
  readonly lora?: number | undefined;
}

/** Bytes a GPU. */
export interface Memory {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly total: number;
  /** Host memory of one GPU's share; absent where nothing stays on the host. */
  readonly host?: number | undefined;
}

/** Parameters of an adapter of this rank on all projections of a layer. */
export function adapterParameters(shape: ModelShape, rank: number): number {
  const { layers, hidden, heads, kvHeads, headDim, intermediate, experts } = shape;
  const attention = 2 * (hidden + heads * headDim) + 2 * (hidden + kvHeads * headDim);
  const feed = 3 * (hidden + intermediate) * (experts?.count ?? 1);
  return layers * rank * (attention + feed);
}

/** Parameters on a GPU, and over how many GPUs the optimizer states of each are spread. */
function shares(shape: ModelShape, { kind, gpus, tensor, expert }: Layout) {
  const { total, experts } = countParameters(shape);
  if (kind === 'fsdp') return { dense: total / gpus, experts: 0, denseRanks: 1, expertRanks: 1 };
  return {
    dense: (total - experts) / tensor,
    experts: experts / expert,
    denseRanks: gpus / tensor,
    expertRanks: gpus / expert,
  };
}

/** One layer at work: what its backward pass keeps, values and gradients, a token. */
function layerBytes({ hidden, heads, kvHeads, headDim, intermediate, experts }: ModelShape): number {
  const values = 6 * hidden + (2 * heads + 2 * kvHeads) * headDim + 3 * intermediate * (experts?.active ?? 1);
  return 2 * 2 * values;
}

/** Bytes on each GPU for one sequence of `sequence` tokens: with recomputation, one layer and the logits at a time. */
export function activationBytes(shape: ModelShape, layout: Layout, sequence: number): number {
  const tokens = sequence / layout.context;
  const inputs = 2 * shape.layers * shape.hidden;
  // Logits in bf16, their fp32 copy and its gradient.
  const logits = 10 * shape.vocabulary;
  return (tokens * (inputs + layerBytes(shape) + logits)) / layout.tensor;
}

/** The largest layer, gathered on every GPU in bf16, and its gradient; embeddings and head count as one. */
function gatheredBytes(shape: ModelShape): { weights: number; gradients: number } {
  const { total } = countParameters(shape);
  const ends = shape.vocabulary * shape.hidden;
  const layer = (total - ends * (shape.tied ? 1 : 2)) / shape.layers;
  const largest = Math.max(layer, ends);
  // The next one is fetched while one is at work.
  return { weights: 2 * 2 * largest, gradients: 2 * largest };
}

function offloadedMemory(shape: ModelShape, layout: Layout, sequence: number): Memory {
  const { weights, gradients } = gatheredBytes(shape);
  const activations = activationBytes(shape, layout, sequence);
  const host = (16 * countParameters(shape).total) / layout.gpus;
  return { weights, gradients, optimizer: 0, activations, total: weights + gradients + activations, host };
}

/** @param sequence Longest prompt and response together, one sequence at a time. */
export function trainingMemory(shape: ModelShape, layout: Layout, sequence: number): Memory {
  if (layout.offload === true) return offloadedMemory(shape, layout, sequence);
  const { dense, experts, denseRanks, expertRanks } = shares(shape, layout);
  const trained = layout.lora === undefined ? 1 : adapterParameters(shape, layout.lora) / countParameters(shape).total;
  const weights = 2 * (dense + experts);
  const gradients = 4 * (dense + experts) * trained;
  const optimizer = 12 * (dense / denseRanks + experts / expertRanks) * trained;
  const activations = activationBytes(shape, layout, sequence);
  return { weights, gradients, optimizer, activations, total: weights + gradients + optimizer + activations };
}

/** Key/value bytes of a token on each GPU of a rollout engine: a head is not split further. */
export const kvBytesPerGpu = (shape: ModelShape, rollout: number): number =>
  kvBytes(shape) / Math.min(rollout, shape.kvHeads);

/** Tokens that the key/value cache of one rollout engine holds, in a share of the memory (bytes a GPU). */
export function kvTokens(shape: ModelShape, rollout: number, bytes: number): number {
  const weights = (2 * countParameters(shape).total) / rollout;
  return Math.max(0, Math.floor((bytes - weights) / kvBytesPerGpu(shape, rollout)));
}
