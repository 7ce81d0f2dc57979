/** @file Cosines and sines of the rotary embedding: angle = position / period, computed in double precision. */
import type { ModelConfig } from '../weights/model-config.ts';
import { type LayerRope, ropePeriods } from './rope-scaling.ts';

/** [maxContext, headDim / 2] each, row-major; the local ones are those of layers with frequencies of their own. */
export interface RopeTables {
  readonly cos: Float32Array;
  readonly sin: Float32Array;
  readonly localCos?: Float32Array;
  readonly localSin?: Float32Array;
}

const known = new WeakMap<ModelConfig, Readonly<Record<string, Float32Array>> & RopeTables>();

/** By name, as graphs take them; made once for a configuration, since they are large where contexts are long. */
export function ropeTables(config: ModelConfig): Readonly<Record<string, Float32Array>> & RopeTables {
  const tables = known.get(config) ?? makeTables(config);
  known.set(config, tables);
  return tables;
}

function makeTables(config: ModelConfig): Readonly<Record<string, Float32Array>> & RopeTables {
  const { ropeTheta: theta, ropeScaling: scaling, localRope } = config;
  const main = table(config, { theta, scaling });
  if (!localRope) return main;
  const local = table(config, localRope);
  return { ...main, localCos: local.cos, localSin: local.sin };
}

function table({ headDim, maxContext }: ModelConfig, rope: LayerRope): { cos: Float32Array; sin: Float32Array } {
  const half = headDim / 2;
  const { periods, magnitude } = ropePeriods({ headDim, ...rope });
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
