/**
 * @file TMN, the paper's task-level mean normalisation: centred on the prompt, scaled by the task.
 *
 *   scale_k = sqrt(mean over prompts x of task k of var_x)
 *   A = (r - mean_x) / (scale_k + 1e-6)
 */
import type { AdvantageBatch, AdvantageEstimator } from './advantage.ts';
import { byTask, checkBatch, epsilon, type Group, moments, promptGroups } from './groups.ts';

/** [D] TMN advantages over groups already formed. */
export function tmnOverGroups(batch: AdvantageBatch, groups: readonly Group[]): Float64Array {
  const variances = byTask(groups, (group) => group.variance);
  const scales = new Map([...variances].map(([task, list]) => [task, Math.sqrt(moments(list).mean) + epsilon]));
  const advantages = new Float64Array(batch.rewards.length);
  for (const { task, members, mean } of groups) {
    const scale = scales.get(task) ?? 1;
    for (const d of members) advantages[d] = ((batch.rewards[d] ?? 0) - mean) / scale;
  }
  return advantages;
}

/** [D] A = (r - mean_x) / (scale_k + 1e-6). @throws UsageError for a batch that `checkBatch` refuses. */
export const tmnAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  return { advantages: tmnOverGroups(batch, promptGroups(batch)), meanPassRate: Number.NaN };
};
