/**
 * @file MaxRL, maximum likelihood reinforcement learning (Tajwar, Zeng et al. 2026, arXiv 2602.02710, algorithm 1).
 *
 *   A = (r - mean_x) / (mean_x + 1e-6); all rewards 0: A = 0; a single rollout: A = r.
 *
 * Expected reward p_x is the first term of log p_x = -sum over k of (1 - p_x)^k / k; the weight 1 / p_x of the log's gradient makes hard
 * prompts count. The paper proves for rewards of 0 and 1 that the mean over the successes of a group of n estimates the series up to
 * its n-th term without bias; `- mean_x` reduces variance. Of other rewards it says that it does not extend to them directly.
 * Rewards within [0, 1] are read here as the chance that a judge accepts the response: p_x is then the expected reward, and the same
 * formula puts the group's mean into the gradient of log p_x, unbiased no more. A negative reward is no chance and is refused.
 * The released code gives a single rollout r / 1e-6; here it has the series' first term, the reward.
 */
import { UsageError } from '../errors.ts';
import type { AdvantageEstimator } from './advantage.ts';
import { checkBatch, epsilon, promptGroups } from './groups.ts';

/** [D] A = (r - mean_x) / (mean_x + 1e-6). @throws UsageError for a negative reward, and for a batch that `checkBatch` refuses. */
export const maxrlAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  const negative = batch.rewards.findIndex((reward) => reward < 0);
  if (negative !== -1) {
    throw new UsageError(
      'advantage-reward-negative',
      `maxrl: reward ${negative} is ${batch.rewards[negative]}, expected 0 or more: the mean of a group divides.`,
      'Use another estimator, or rewards within [0, 1].',
    );
  }
  const advantages = new Float64Array(batch.rewards.length);
  for (const { members, mean } of promptGroups(batch)) {
    const scale = members.length === 1 ? 1 : mean + epsilon;
    for (const d of members) advantages[d] = ((batch.rewards[d] ?? 0) - mean) / scale;
  }
  return { advantages, meanPassRate: Number.NaN };
};
