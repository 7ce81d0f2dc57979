/** @file How much sampling takes on at once. */
import { machineMemory } from '../machine-memory.ts';

/** Bounds on memory: what does not fit waits its turn. Tokens do not depend on them, but for rounding. */
export interface DecoderLimits {
  /** Most rollouts that step together. */
  readonly rows: number;
  /** Most prompt tokens (padded) in a prefill. */
  readonly prefillTokens: number;
  /** Most bytes of the prompts' keys and values in a decode batch (a single prompt may exceed it). */
  readonly cacheBytes: number;
  /** Most bytes of the rollouts' own keys and values, were each as long as it may be: fewer rows step together then. */
  readonly ownBytes: number;
}

/** Own keys and values get a quarter of the machine's memory. */
export const defaultDecoderLimits: DecoderLimits = {
  rows: 256,
  prefillTokens: 2048,
  cacheBytes: 256e6,
  ownBytes: machineMemory() / 4,
};
