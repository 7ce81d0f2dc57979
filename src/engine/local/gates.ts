/** @file The inputs of the head's graph that say which loss it computes, a number a row each. */
import type { LossSpec } from '../engine.ts';
import { tokenGate } from '../losses.ts';
import type { HeadRows } from './packing.ts';

/** The gate inputs of the head; see losses.ts. */
export function gates(
  spec: LossSpec,
  rows: HeadRows,
  weights: Float64Array,
): Record<string, Float32Array> & { scale: Float32Array } {
  const count = rows.targets.length;
  const make = () => new Float32Array(count);
  const out = { old: make(), scale: make(), low: make(), high: make(), floor: make(), ceiling: make() };
  for (let i = 0; i < count; i++) {
    const advantage = rows.advantages[i] as number;
    const gate = tokenGate(spec, advantage);
    out.old[i] = spec.type === 'cross-entropy' ? 0 : (rows.rollout[i] as number);
    out.scale[i] = -(weights[i] as number) * advantage;
    out.low[i] = gate.low;
    out.high[i] = gate.high;
    out.floor[i] = gate.floor;
    out.ceiling[i] = gate.ceiling;
  }
  return out;
}
