/**
 * @file The difficulty cascade (P3): a weak policy settles what is easy or medium, a strong one what is medium, hard or useless; and the
 * choice that brings easy : medium : hard to a ratio.
 */
import { type RewardSpec, scoreResponse } from '../../rewards/index.ts';
import type { CascadeConfig } from './config.ts';

/** Tiers of the cascade, in the order of its ratio. */
export const difficulties = ['easy', 'medium', 'hard'] as const;

/** Tier of a sample that the cascade keeps. */
export type Difficulty = (typeof difficulties)[number];
type Thresholds = Pick<CascadeConfig, 'weakEasyAbove' | 'weakMediumFrom' | 'strongMediumAbove' | 'strongHardFrom'>;

/** The reward of what a policy said. A plain answer is one after an empty thinking. */
export const rolloutReward = (spec: RewardSpec, text: string): number =>
  scoreResponse(spec, text.includes('</think>') ? text : `</think>\n${text}`, 'hardened').score;

/** Share of rollouts that reach the reward. */
export const passRate = (rewards: readonly number[], passReward: number): number =>
  rewards.filter((reward) => reward >= passReward - 1e-9).length / rewards.length;

/** Stage 1. */
export function weakVerdict(rate: number, { weakEasyAbove, weakMediumFrom }: Thresholds): Difficulty | 'unsolved' {
  if (rate > weakEasyAbove) return 'easy';
  return rate >= weakMediumFrom ? 'medium' : 'unsolved';
}

/** Stage 2, only for what is unsolved. */
export function strongVerdict(rate: number, { strongMediumAbove, strongHardFrom }: Thresholds): Difficulty | 'discard' {
  if (rate > strongMediumAbove) return 'medium';
  return rate >= strongHardFrom ? 'hard' : 'discard';
}

/**
 * The largest choice with the ratio among the tiers that have samples, first come first kept. A tier without samples stays empty: a
 * dataset without hard samples is still one of easy and medium ones.
 */
export function takeRatio<T>(
  items: readonly T[],
  tierOf: (item: T) => Difficulty | undefined,
  ratio: readonly [number, number, number],
): T[] {
  const counts = difficulties.map((tier) => items.filter((item) => tierOf(item) === tier).length);
  const scales = counts.flatMap((count, i) => (count > 0 && (ratio[i] ?? 0) > 0 ? [count / (ratio[i] ?? 1)] : []));
  const scale = scales.length === 0 ? 0 : Math.min(...scales);
  const room = new Map(difficulties.map((tier, i) => [tier, Math.round(scale * (ratio[i] ?? 0))]));
  return items.filter((item) => {
    const tier = tierOf(item);
    const left = tier === undefined ? 0 : (room.get(tier) ?? 0);
    if (tier === undefined || left <= 0) return false;
    room.set(tier, left - 1);
    return true;
  });
}
