/** @file Cosines and sines of the rotary embedding: angle = position / period, computed in double precision. */
import type { ModelConfig } from '../weights/model-config.ts';
import { ropePeriods } from './rope-scaling.ts';

/** [maxContext, headDim / 2] each, row-major; one table serves every layer. */
export type RopeTables = { readonly cos: Float32Array; readonly sin: Float32Array };

const known = new WeakMap<ModelConfig, RopeTables>();

/** [maxContext, headDim / 2] each; made once for a configuration, since they are large where contexts are long. */
export function ropeTables(config: ModelConfig): RopeTables {
  const tables = known.get(config) ?? makeTables(config);
  known.set(config, tables);
  return tables;
}

function makeTables(config: ModelConfig): RopeTables {
  const { headDim, ropeTheta: theta, ropeScaling: scaling, maxContext } = config;
  const half = headDim / 2;
  const { periods, magnitude } = ropePeriods({ headDim, theta, scaling });
  const cos = new Float32Array(maxContext * half);
  const sin = new Float32Array(maxContext * half);
  for (let position = 0; position < maxContext; position++) {
    for (let i = 0; i < half; i++) {
      const angle = position / (periods[i] as number);
      cos[position * half + i] = magnitude * Math.cos(angle);
      sin[position * half + i] = magnitude * Math.sin(angle);
    }
  }
  return { cos, sin };
}
