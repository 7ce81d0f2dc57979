/**
 * @file The loss of each row as the head's graph takes it: the gate of the policy's gradient and the KL term's coefficients
 * (losses.ts has both forms).
 */
import type { LossSpec } from '../../engine.ts';
import { hasKl, klTerms, type LossTokens, tokenGate } from '../../losses.ts';
import { gateInputs } from '../graph/head.ts';
import type { HeadRows } from './packing.ts';

/** [Nh] each: one number for every head row. */
export type GateFeeds = Record<(typeof gateInputs)[number], Float32Array>;

/** Of every rollout of the batch: its tokens' weight and its log-probabilities under the reference. */
export interface ByRollout {
  readonly weights: readonly number[];
  readonly references: readonly (Float32Array | undefined)[];
}

/** Head rows as `evaluateLoss` takes them, but for `now`. */
export function lossTokens(spec: LossSpec, rows: HeadRows, byRollout: ByRollout): Omit<LossTokens, 'now'> {
  const { rollout, advantages, rolloutIds, slots } = rows;
  return {
    rollout,
    advantages,
    rollouts: rolloutIds,
    weights: Float64Array.from(rolloutIds, (id) => byRollout.weights[id] as number),
    reference: hasKl(spec)
      ? Float32Array.from(slots, (slot, i) => byRollout.references[rolloutIds[i] as number]?.[slot] ?? 0)
      : undefined,
  };
}

/** Rows as `evaluateLoss` takes them; their `now` is what the graph computes. */
export function gateFeeds(spec: LossSpec, rows: Omit<LossTokens, 'now' | 'rollouts'>): GateFeeds {
  const count = rows.advantages.length;
  const out = Object.fromEntries(gateInputs.map((name) => [name, new Float32Array(count)])) as GateFeeds;
  for (let i = 0; i < count; i++) {
    const advantage = rows.advantages[i] as number;
    const weight = rows.weights[i] as number;
    const gate = tokenGate(spec, advantage);
    const kl = klTerms(spec, weight);
    out.old[i] = spec.type === 'cross-entropy' ? 0 : (rows.rollout[i] as number);
    out.scale[i] = -weight * advantage;
    out.low[i] = gate.low;
    out.high[i] = gate.high;
    out.floor[i] = gate.floor;
    out.ceiling[i] = gate.ceiling;
    out.reference[i] = rows.reference?.[i] ?? 0;
    out.klConstant[i] = kl.constant;
    out.klLinear[i] = kl.linear;
    out.klExponential[i] = kl.exponential;
  }
  return out;
}
