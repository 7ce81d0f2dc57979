/** @file The golden batches of bench/parity/reference.py as the engine takes them, and the numbers that stand for a gradient there. */
import type { TrajectoryGroup } from '../../src/engine/engine.ts';
import { gradientNorm } from '../../src/engine/local/train/optimizer.ts';

/** As it lies in the file. */
export interface GoldenBatch {
  readonly prompt: readonly number[];
  readonly rollouts: readonly { readonly tokens: readonly number[]; readonly advantages: readonly number[] }[];
}

export const goldenGroup = ({ prompt, rollouts }: GoldenBatch): TrajectoryGroup => ({
  prompt: Int32Array.from(prompt),
  rollouts: rollouts.map(({ tokens, advantages }) => ({
    tokens: Int32Array.from(tokens),
    logprobs: new Float32Array(tokens.length),
    advantages: Float32Array.from(advantages),
  })),
});

/** Norm, and product with cos(0), cos(1), ... */
export const gradientNumbers = (gradient: Float32Array): readonly [norm: number, product: number] => [
  gradientNorm(gradient),
  gradient.reduce((sum, value, i) => sum + value * Math.cos(i), 0),
];
