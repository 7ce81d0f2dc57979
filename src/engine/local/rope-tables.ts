/**
 * @file Cosines and sines of the rotary embedding: angle = position / theta^(2 i / headDim), computed in double precision.
 */
import type { ModelConfig } from './model-config.ts';

export type RopeTables = { readonly cos: Float32Array; readonly sin: Float32Array };

/** [maxContext, headDim / 2] each. */
export function ropeTables(config: ModelConfig): RopeTables {
  const half = config.headDim / 2;
  const cos = new Float32Array(config.maxContext * half);
  const sin = new Float32Array(config.maxContext * half);
  for (let position = 0; position < config.maxContext; position++) {
    for (let i = 0; i < half; i++) {
      const angle = position / config.ropeTheta ** ((2 * i) / config.headDim);
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
