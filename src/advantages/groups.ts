/**
 * @file The bookkeeping that all estimators share: rollouts by prompt, prompts by task, and their sample moments.
 * A prompt with a single rollout has no spread to measure; the reference sets its mean to 0 and its variance to 1.
 */
import { UsageError } from '../errors.ts';
import type { AdvantageBatch } from './advantage.ts';

/** Added to every standard deviation that divides, as in the reference. */
export const epsilon = 1e-6;

/** The rollouts of one prompt x, with the sample moments of their rewards. */
export interface Group {
  readonly task: string;
  /** [G] places of the group's rollouts in the batch. */
  readonly members: readonly number[];
  /** mean_x; 0 for a single rollout. */
  readonly mean: number;
  /** var_x with n - 1; 1 for a single rollout. */
  readonly variance: number;
}

/** Sample mean and variance (n - 1); `variance` is 1 for a single value. */
export function moments(values: readonly number[]): { mean: number; variance: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  if (values.length < 2) return { mean, variance: 1 };
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / (values.length - 1) };
}

/** @throws UsageError when the arrays differ in length, a reward is not finite, a task key is empty or a prompt has two tasks. */
export function checkBatch({ rewards, prompts, tasks }: AdvantageBatch): void {
  if (prompts.length !== rewards.length || tasks.length !== rewards.length) {
    throw new UsageError(
      'advantage-shape',
      `advantages: got ${rewards.length} rewards, ${prompts.length} prompts and ${tasks.length} tasks, expected equal lengths`,
    );
  }
  const taskOf = new Map<string | number, string>();
  for (let d = 0; d < rewards.length; d++) {
    const reward = rewards[d];
    const task = tasks[d];
    const prompt = prompts[d] ?? '';
    if (typeof reward !== 'number' || !Number.isFinite(reward)) {
      throw new UsageError(
        'advantage-reward',
        `advantages: reward ${d} is ${String(reward)}, expected a finite number`,
      );
    }
    if (typeof task !== 'string' || task === '') {
      throw new UsageError(
        'advantage-task-empty',
        `advantages: rollout ${d} has an empty task key, expected its reward type (EM, Accuracy, ...)`,
        'An empty key would merge unlike tasks. Set extra_info.reward_mode on every row.',
      );
    }
    const known = taskOf.get(prompt);
    if (known !== undefined && known !== task) {
      throw new UsageError(
        'advantage-task-mixed',
        `advantages: prompt ${JSON.stringify(prompt)} has rollouts of tasks "${known}" and "${task}", expected one task`,
      );
    }
    taskOf.set(prompt, task);
  }
}

/** The groups in order of first appearance. */
export function promptGroups({ rewards, prompts, tasks }: AdvantageBatch): Group[] {
  const members = new Map<string | number, number[]>();
  prompts.forEach((prompt, d) => {
    const group = members.get(prompt);
    if (group === undefined) members.set(prompt, [d]);
    else group.push(d);
  });
  return [...members.values()].map((places) => {
    const { mean, variance } = moments(places.map((d) => rewards[d] ?? 0));
    return { task: tasks[places[0] ?? 0] ?? '', members: places, mean: places.length === 1 ? 0 : mean, variance };
  });
}

/** [D] -> per task key, what `value` says of each of its groups. */
export function byTask<T>(groups: readonly Group[], value: (group: Group) => T): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const group of groups) {
    const list = lists.get(group.task);
    if (list === undefined) lists.set(group.task, [value(group)]);
    else list.push(value(group));
  }
  return lists;
}
