/**
 * @file What the embedded engine takes: fp32 in this machine's memory or on a device, a group's prompt passed once for all its rollouts.
 */
import { defaultDecoderLimits } from '../engine/local/decode/decoder-limits.ts';
import { keepsWeights } from '../engine/local/decode/fixed-weights.ts';
import { groupBytes } from '../engine/local/decode/group-memory.ts';
import { machineMemory } from '../engine/local/machine-memory.ts';
import { activationBudget } from '../engine/local/train/units.ts';
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

const memoryOf = (parts: Omit<Memory, 'total'>): Memory => ({
  ...parts,
  total: parts.weights + parts.gradients + parts.optimizer + parts.activations,
});

/** Activations of the longest group; `budget` is what one graph of it may take. */
function longestGroup(shape: ModelShape, workload: Workload, budget?: number): number {
  const { layers, hidden: hiddenSize, intermediate: intermediateSize, heads, kvHeads, headDim } = shape;
  return groupBytes(
    { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim },
    { prompt: workload.maxPromptTokens, rollouts: workload.group, response: workload.maxResponseTokens },
    budget,
  );
}

function trainedParameters(shape: ModelShape, lora: number | undefined): { total: number; trained: number } {
  const { total } = countParameters(shape);
  return { total, trained: lora === undefined ? total : adapterParameters(shape, lora) };
}

/** The copy of the weights that sampling keeps where few rollouts step together: few groups, or prompts so long that few fit. */
function sampledCopy(
  shape: ModelShape,
  { prompts, drawn, group, maxPromptTokens, maxResponseTokens }: Workload,
  memory: number,
): number {
  const bytes = 4 * countParameters(shape).total;
  const rollouts = prompts * drawn * group;
  const promptBytes = 2 * 4 * shape.layers * shape.kvHeads * shape.headDim * maxPromptTokens;
  const slots = Math.max(1, Math.floor(defaultDecoderLimits.cacheBytes / promptBytes));
  const rows = Math.min(slots * group, rollouts);
  const steps = maxResponseTokens * Math.ceil(rollouts / rows);
  return keepsWeights(bytes, { rows, steps }, memory) ? bytes : 0;
}

/**
 * Weights, gradients and moments; moments and gradients exist for what is trained. Activations are those of the longest group,
 * and of the runtime. `memory` is the machine's, which decides on sampling's copy of the weights.
 */
export function localMemory(
  shape: ModelShape,
  lora: number | undefined,
  workload: Workload,
  memory = machineMemory(),
): Memory {
  const { total, trained } = trainedParameters(shape, lora);
  // Training frees the copy of what it changes; an adapter's model stays as it is.
  const copy = sampledCopy(shape, workload, memory);
  const group = longestGroup(shape, workload);
  const activations = runtimeBytes + (lora === undefined ? Math.max(group, copy) : group + copy);
  return memoryOf({ weights: 4 * total, gradients: 4 * trained, optimizer: 8 * trained, activations });
}

/**
 * The same where a device computes: what lies there, and what stays in this machine's memory, the arrays that checkpoints are written
 * from. In half precision are the weights that are not trained.
 */
export function deviceMemory(
  shape: ModelShape,
  { lora, workload, halves }: { lora: number | undefined; workload: Workload; halves: boolean },
): { there: Memory; here: Memory } {
  const { total, trained } = trainedParameters(shape, lora);
  const frozen = lora === undefined ? 0 : total;
  const activations = longestGroup(shape, workload, activationBudget);
  const optimizer = 8 * trained;
  const weights = (halves ? 2 : 4) * frozen + 4 * trained;
  return {
    there: memoryOf({ weights, gradients: 4 * trained, optimizer, activations }),
    here: memoryOf({ weights: 4 * (frozen + trained), gradients: 0, optimizer, activations: runtimeBytes }),
  };
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
