/**
 * @file What the embedded engine takes: fp32 in this machine's memory, a group's prompt passed once for all its rollouts.
 */
import { groupBytes } from '../engine/local/decode/group-memory.ts';
import { adapterParameters, type Memory } from './layout.ts';
import { countParameters, forwardFlops, type ModelShape } from './model-shape.ts';
import type { Workload } from './workload.ts';

/**
 * fp32 FLOPs a second of a core: `npm run bench:plan` measures 22 to 33 in training and 14 to 36 in sampling, on shapes from one to
 * 135 million parameters and prompts of 180 to 16,000 tokens.
 */
export const coreFlops = { training: 30e9, decoding: 20e9 } as const;

/** Node, the runtime and its programs. */
const runtimeBytes = 300e6;

/**
 * Weights, gradients and moments; moments and gradients exist for what is trained. Activations are those of the longest group,
 * and of the runtime.
 */
export function localMemory(shape: ModelShape, lora: number | undefined, workload: Workload): Memory {
  const { total } = countParameters(shape);
  const trained = lora === undefined ? total : adapterParameters(shape, lora);
  const weights = 4 * total;
  const gradients = 4 * trained;
  const optimizer = 8 * trained;
  const { layers, hidden: hiddenSize, intermediate: intermediateSize, heads, kvHeads, headDim } = shape;
  const activations =
    runtimeBytes +
    groupBytes(
      { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim },
      { prompt: workload.maxPromptTokens, rollouts: workload.group, response: workload.maxResponseTokens },
    );
  return { weights, gradients, optimizer, activations, total: weights + gradients + optimizer + activations };
}

/** Seconds of a step. */
export function localSeconds(
  shape: ModelShape,
  workload: Workload,
  cores: number,
): { sampling: number; training: number } {
  const { prompts, group, promptTokens, responseTokens, drawn } = workload;
  const prompt = forwardFlops(shape, 0, promptTokens);
  const responses = group * forwardFlops(shape, promptTokens, promptTokens + responseTokens);
  const sampling = (prompts * drawn * (prompt / coreFlops.training + responses / coreFlops.decoding)) / cores;
  const training = (prompts * 3 * (prompt + responses)) / (coreFlops.training * cores);
  return { sampling, training };
}
