/**
 * @file An advantage taken apart: what was taken off the reward, by what it was divided, and the weight of a hard or an easy prompt.
 *
 *   advantage = (reward - centre) / scale * weight
 *
 * The same sums as src/advantages, each in sight; a test holds the product against the estimator.
 */
import { byTask, epsilon, type Group, moments, promptGroups } from '../../advantages/groups.ts';
import type { EstimatorName } from '../../advantages/registry.ts';

/** Of one rollout. */
export interface AdvantageTerms {
  readonly reward: number;
  /** What is taken off: the mean of the prompt, of the task (qwenlong). */
  readonly centre: number;
  /** What it is divided by: 1 under dr-grpo; NaN under maxrl where a reward of the batch is negative. */
  readonly scale: number;
  /** Of tmn-reweight, else 1. */
  readonly weight: number;
  readonly advantage: number;
  /** tmn-reweight: the mean that decides who passes, and the share that does. */
  readonly smoothed?: number;
  readonly passRate?: number;
}

interface Batch {
  readonly rewards: readonly number[];
  readonly prompts: readonly (string | number)[];
  readonly tasks: readonly string[];
}

interface Settings {
  readonly alpha: number;
  readonly gamma: number;
}

const above = (reward: number, mean: number): boolean => reward > mean + 1e-9;

interface Context {
  /** Over all rollouts of a task. */
  readonly taskMoments: ReadonlyMap<string, { readonly mean: number; readonly variance: number }>;
  /** sqrt of the mean variance of the task's prompts. */
  readonly taskScale: ReadonlyMap<string, number>;
  /** Mean of the means of the task's prompts. */
  readonly taskMean: ReadonlyMap<string, number>;
  /** Whether some reward is, which maxrl refuses. */
  readonly negative: boolean;
}

function contextOf(batch: Batch, groups: readonly Group[]): Context {
  const rewards = new Map<string, number[]>();
  batch.tasks.forEach((task, d) => {
    rewards.set(task, [...(rewards.get(task) ?? []), batch.rewards[d] ?? 0]);
  });
  const overTask = <T>(value: (group: Group) => number, then: (mean: number) => T) =>
    new Map([...byTask(groups, value)].map(([task, list]) => [task, then(moments(list).mean)] as const));
  return {
    taskMoments: new Map([...rewards].map(([task, list]) => [task, moments(list)])),
    taskScale: overTask(({ variance }) => variance, Math.sqrt),
    taskMean: overTask(
      ({ mean }) => mean,
      (mean) => mean,
    ),
    negative: batch.rewards.some((reward) => reward < 0),
  };
}

/** What all rollouts of a group share. */
function ofGroup(name: EstimatorName, { task, mean, variance, members }: Group, context: Context) {
  const alone = members.length === 1;
  const scales = {
    grpo: Math.sqrt(variance) + epsilon,
    'dr-grpo': 1,
    qwenlong: Math.sqrt(context.taskMoments.get(task)?.variance ?? 1) + epsilon,
    tmn: (context.taskScale.get(task) ?? 0) + epsilon,
    'tmn-reweight': (context.taskScale.get(task) ?? 0) + epsilon,
    rloo: alone ? 1 : (members.length - 1) / members.length,
    maxrl: context.negative ? Number.NaN : alone ? 1 : mean + epsilon,
  } as const satisfies Record<EstimatorName, number>;
  const centre = name === 'qwenlong' ? (context.taskMoments.get(task)?.mean ?? 0) : mean;
  return { centre, scale: scales[name] };
}

function passRateOf(batch: Batch, { task, members, mean }: Group, context: Context, alpha: number) {
  const taskMean = context.taskMean.get(task) ?? 0;
  const smoothed = members.length === 1 ? taskMean : alpha * mean + (1 - alpha) * taskMean;
  const passed = members.filter((d) => above(batch.rewards[d] ?? 0, smoothed)).length;
  return { smoothed, passRate: passed / members.length };
}

/** [D] the terms of each rollout of a batch. @throws UsageError for a batch that the estimators refuse */
export function advantageTerms(name: EstimatorName, batch: Batch, { alpha, gamma }: Settings): AdvantageTerms[] {
  const groups = promptGroups(batch);
  const context = contextOf(batch, groups);
  const terms: AdvantageTerms[] = [];
  for (const group of groups) {
    const { centre, scale } = ofGroup(name, group, context);
    const reweight = name === 'tmn-reweight' ? passRateOf(batch, group, context, alpha) : undefined;
    for (const d of group.members) {
      const reward = batch.rewards[d] ?? 0;
      const side = above(reward, group.mean) ? 1 : -1;
      const weight = reweight === undefined ? 1 : Math.exp(side * gamma * (0.5 - reweight.passRate));
      terms[d] = { reward, centre, scale, weight, advantage: ((reward - centre) / scale) * weight, ...reweight };
    }
  }
  return terms;
}
