/** @file Names and settings of the Tinker protocol's losses, as the embedded engine takes them. */
import type { LossName, LossSpec } from '../../engine/engine.ts';
import { unknownValue } from '../../errors.ts';

const lossNames = {
  cross_entropy: 'cross-entropy',
  importance_sampling: 'importance-sampling',
  ppo: 'ppo',
  cispo: 'cispo',
  dro: 'dro',
} as const satisfies Readonly<Record<string, LossName | 'dro'>>;
/** Names that `loss_fn` of a training request may have. */
export const serverLosses = Object.keys(lossNames);

/** A loss of the engine, or DRO with the weight of its penalty, which the server brings into the form of one. */
export type ServerLoss =
  | { readonly type: 'engine'; readonly spec: LossSpec }
  | { readonly type: 'dro'; readonly beta: number };

/** Absolute bounds of the ratio where a request has none, as hosted Tinker has them. */
const defaultBounds: Partial<Record<LossName, readonly [number, number]>> = { ppo: [0.8, 1.2], cispo: [0, 4] };
const defaultBeta = 0.05;
const ratioKeys = ['clip_low_threshold', 'clip_high_threshold'];

/** The sum of the tokens' losses, each times its weight. */
export const weighted: LossSpec = { type: 'cross-entropy', aggregation: 'constant', normalizer: 1 };

/** @throws UsageError for a loss or setting that is not known. */
export function readLoss(name: string, config: Readonly<Record<string, number>>): ServerLoss {
  const type = Object.entries(lossNames).find(([key]) => key === name)?.[1];
  if (type === undefined) throw unknownValue('loss_fn', name, serverLosses);
  const keys = type === 'dro' ? ['beta'] : ratioKeys;
  for (const key of Object.keys(config)) {
    if (!keys.includes(key)) throw unknownValue('loss_fn_config', key, keys);
  }
  if (type === 'dro') return { type, beta: config.beta ?? defaultBeta };
  const [low, high] = defaultBounds[type] ?? [1, 1];
  return {
    type: 'engine',
    spec: {
      ...weighted,
      type,
      clipLow: 1 - (config.clip_low_threshold ?? low),
      clipHigh: (config.clip_high_threshold ?? high) - 1,
      dualClip: Number.POSITIVE_INFINITY,
    },
  };
}
