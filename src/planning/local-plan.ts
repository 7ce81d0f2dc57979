/**
 * @file What the embedded engine takes: fp32 in this machine's memory, a group's prompt passed once for all its rollouts.
 */
import { adapterParameters, type Memory } from './layout.ts';
import { countParameters, forwardFlops, type ModelShape } from './model-shape.ts';
import type { Workload } from './workload.ts';

/** fp32 FLOPs a second of a core: measured on the bundled policy, two cores of 2.5 GHz or so; decoding is bound by memory. */
export const coreFlops = { training: 20e9, decoding: 5e9 } as const;

/** Weights, gradients and moments; moments and gradients exist for what is trained. */
export function localMemory(shape: ModelShape, lora: number | undefined): Memory {
  const { total } = countParameters(shape);
  const trained = lora === undefined ? total : adapterParameters(shape, lora);
  const weights = 4 * total;
  const gradients = 4 * trained;
  const optimizer = 8 * trained;
  return { weights, gradients, optimizer, activations: 0, total: weights + gradients + optimizer };
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
