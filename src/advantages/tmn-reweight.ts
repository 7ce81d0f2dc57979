/**
 * @file TMN-Reweight, the paper's estimator: TMN, then each rollout weighted by how hard its prompt is within its task.
 *
 *   s_x = alpha mean_x + (1 - alpha) mean over x' in k of mean_x'   (single rollout: the task mean alone)
 *   p_x = share of the group with r > s_x
 *   r > mean_x: A exp(gamma (0.5 - p_x)); otherwise A exp(gamma (p_x - 0.5))
 *
 * Right answers to hard prompts and wrong ones to easy prompts weigh more. No clamp. alpha 0.8, gamma 1.
 */
import type { AdvantageEstimator } from './advantage.ts';
import { byTask, checkBatch, moments, promptGroups } from './groups.ts';
import { tmnOverGroups } from './tmn.ts';

/** A reward that equals a mean must not change sides with the order in which the mean was summed. */
const above = (reward: number, mean: number): boolean => reward > mean + 1e-9;

/**
 * [D] TMN advantages times the difficulty weight of their prompt; `meanPassRate` is the mean p_x over prompts.
 * @throws UsageError for a batch that `checkBatch` refuses.
 */
export const tmnReweightAdvantages: AdvantageEstimator = (batch, { alpha = 0.8, gamma = 1 } = {}) => {
  checkBatch(batch);
  const groups = promptGroups(batch);
  const advantages = tmnOverGroups(batch, groups);
  const taskMeans = new Map(
    [...byTask(groups, (group) => group.mean)].map(([task, means]) => [task, moments(means).mean]),
  );
  let passRates = 0;
  for (const { task, members, mean } of groups) {
    const taskMean = taskMeans.get(task) ?? 0;
    const smoothed = members.length === 1 ? taskMean : alpha * mean + (1 - alpha) * taskMean;
    const passRate = members.filter((d) => above(batch.rewards[d] ?? 0, smoothed)).length / members.length;
    passRates += passRate;
    const up = Math.exp(gamma * (0.5 - passRate));
    const down = Math.exp(gamma * (passRate - 0.5));
    for (const d of members) advantages[d] = (advantages[d] ?? 0) * (above(batch.rewards[d] ?? 0, mean) ? up : down);
  }
  return { advantages, meanPassRate: groups.length === 0 ? Number.NaN : passRates / groups.length };
};
