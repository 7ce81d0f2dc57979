/**
 * @file QwenLong-L1.5's task-level normalisation: the reward against all rollouts of its task.
 *
 *   A = (r - mean_k) / (std_k + 1e-6), std with n - 1; one rollout in the task: std 1, so A = 0.
 */
import type { AdvantageEstimator } from './advantage.ts';
import { checkBatch, epsilon, moments } from './groups.ts';

/**
 * [D] A = (r - mean_k) / (std_k + 1e-6), over all rollouts of task k; prompts are not looked at. @throws UsageError
 * for a batch that `checkBatch` refuses.
 */
export const qwenlongAdvantages: AdvantageEstimator = (batch) => {
  checkBatch(batch);
  const rewardsOf = new Map<string, number[]>();
  batch.tasks.forEach((task, d) => {
    const list = rewardsOf.get(task);
    if (list === undefined) rewardsOf.set(task, [batch.rewards[d] ?? 0]);
    else list.push(batch.rewards[d] ?? 0);
  });
  const momentsOf = new Map([...rewardsOf].map(([task, rewards]) => [task, moments(rewards)]));
  const advantages = Float64Array.from(batch.rewards, (reward, d) => {
    const { mean, variance } = momentsOf.get(batch.tasks[d] ?? '') ?? { mean: 0, variance: 1 };
    return (reward - mean) / (Math.sqrt(variance) + epsilon);
  });
  return { advantages, meanPassRate: Number.NaN };
};
