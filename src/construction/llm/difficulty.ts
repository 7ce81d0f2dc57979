/**
 * @file The difficulty cascade (P3): a weak policy settles what is easy or medium, a strong one what is medium, hard or useless; and the
 * choice that brings easy : medium : hard to a ratio.
 */
import { type RewardSpec, scoreResponse } from '../../rewards/index.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { CascadeConfig } from './config.ts';

/**
 * The reward from which an answer of the task is good, for checks and the cascade. An exact value, an option, a number are right or not; a
 * list with one item of six left out is still a good one (F1 0.91), and so is a table with one cell wrong; of an order one swap of
 * neighbours is forgiven where there are five items or more; no two summaries are equal,
 * and two faithful ones in
 * words of their own earn each other's 0.05 to 0.3, of which what knows nothing is taken off: whether one is good, its judge says.
 */
export const goodReward: Readonly<Record<TaskId, number>> = {
  T1: 1,
  T2: 1,
  T3: 0.85,
  T4: 1,
  T5: 0.85,
  T6: 0.8,
  T7: 0.9,
  T8: 0.8,
  T9: 0.05,
};

/** The reward from which an answer of the task is good, as the configuration has it. */
export const goodRewardOf = (
  { passRewardByTask }: { readonly passRewardByTask: Readonly<Partial<Record<TaskId, number | undefined>>> },
  task: TaskId,
): number => passRewardByTask[task] ?? goodReward[task];

/** Tiers of the cascade, in the order of its ratio. */
export const difficulties = ['easy', 'medium', 'hard'] as const;

/** Tier of a sample that the cascade keeps. */
export type Difficulty = (typeof difficulties)[number];
type Thresholds = Pick<CascadeConfig, 'weakEasyAbove' | 'weakMediumFrom' | 'strongMediumAbove' | 'strongHardFrom'>;

/** The reward of what a policy said. A plain answer is one after an empty thinking. */
export const rolloutReward = (spec: RewardSpec, text: string): number =>
  scoreResponse(spec, text.includes('</think>') ? text : `</think>\n${text}`, 'hardened').score;

/** Whether a rollout reaches the reward. */
export const isPass = (reward: number, passReward: number): boolean => reward >= passReward - 1e-9;

/** How many of some rollouts reach it. */
export const passesIn = (rewards: readonly number[], passReward: number): number =>
  rewards.filter((reward) => isPass(reward, passReward)).length;

/** Share of rollouts that reach it. */
export const passRate = (rewards: readonly number[], passReward: number): number =>
  passesIn(rewards, passReward) / rewards.length;

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
