/**
 * @file GRPO (DeepSeekMath, eq. 3): the reward against its own group.
 *
 *   A = (r - mean_x) / (std_x + 1e-6), std with n - 1; a single rollout: mean 0, std 1.
 */
import type { AdvantageEstimator } from './advantage.ts';
import { checkBatch, epsilon, promptGroups } from './groups.ts';

/** [D] A = (r - mean_x) / (std_x + 1e-6). @throws UsageError for a batch that `checkBatch` refuses. */
export const grpoAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  const advantages = new Float64Array(batch.rewards.length);
  for (const { members, mean, variance } of promptGroups(batch)) {
    const scale = Math.sqrt(variance) + epsilon;
    for (const d of members) advantages[d] = ((batch.rewards[d] ?? 0) - mean) / scale;
  }
  return { advantages, meanPassRate: Number.NaN };
};
