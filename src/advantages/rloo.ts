/**
 * @file RLOO (Ahmadian et al. 2024, arXiv 2402.14740, eq. 8; Kool et al. 2019): the reward against the mean of the others.
 *
 *   A = r - (sum_x - r) / (n - 1) = (r - mean_x) n / (n - 1), n rollouts of prompt x; a single rollout: no others, A = r.
 *
 * The baseline does not see its own rollout, so that the gradient is unbiased. In groups of one size RLOO is Dr. GRPO's advantage
 * times a constant, which AdamW takes out again: the two differ by the loss's aggregation and where groups have unlike sizes.
 */
import type { AdvantageEstimator } from './advantage.ts';
import { checkBatch, promptGroups } from './groups.ts';

/** [D] A = r minus the mean of the other rewards of its prompt, in units of reward. @throws UsageError for a batch that `checkBatch` refuses. */
export const rlooAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  const advantages = new Float64Array(batch.rewards.length);
  for (const { members, mean } of promptGroups(batch)) {
    const factor = members.length === 1 ? 1 : members.length / (members.length - 1);
    for (const d of members) advantages[d] = ((batch.rewards[d] ?? 0) - mean) * factor;
  }
  return { advantages, meanPassRate: Number.NaN };
};
