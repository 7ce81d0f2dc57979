/**
 * @file The reward of a sample as answers are scored by it: what it states, and the question, which the sample has beside.
 */
import type { RewardSpec } from '../rewards/reward.ts';
import type { Sample } from './sample.ts';

const known = new WeakMap<Sample['reward'], RewardSpec>();

/** One object a sample, so that what the metrics prepare for it is found again. */
export function rewardOf({ reward, question }: Pick<Sample, 'reward' | 'question'>): RewardSpec {
  if (question === '') return reward;
  const spec = known.get(reward) ?? { question, ...reward };
  known.set(reward, spec);
  return spec;
}
