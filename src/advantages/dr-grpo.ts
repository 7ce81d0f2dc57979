/**
 * @file Dr. GRPO (arXiv 2503.20783): GRPO without the division that favours easy and hard prompts.
 *
 *   A = r - mean_x; a single rollout: mean 0.
 *
 * The other half of Dr. GRPO is the loss: summed and divided by a constant (aggregation `constant`), not by token counts.
 */
import type { AdvantageEstimator } from './advantage.ts';
import { checkBatch, promptGroups } from './groups.ts';

/** [D] A = r - mean_x, in units of reward. @throws UsageError for a batch that `checkBatch` refuses. */
export const drGrpoAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  const advantages = new Float64Array(batch.rewards.length);
  for (const { members, mean } of promptGroups(batch)) {
    for (const d of members) advantages[d] = (batch.rewards[d] ?? 0) - mean;
  }
  return { advantages, meanPassRate: Number.NaN };
};
