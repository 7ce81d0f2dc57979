/**
 * @file The `reward` field of a native row, checked: one reader for files and for requests.
 */
import { metrics } from '../tasks/task.ts';
import type { RewardSpec } from './reward.ts';

/** `bad` makes the error of the place that reads. @throws what `bad` makes, naming the field. */
export function parseRewardSpec(
  reward: Readonly<Record<string, unknown>>,
  bad: (message: string) => Error,
): RewardSpec {
  const metric = metrics.find((name) => name === reward.metric);
  if (metric === undefined)
    throw bad(`reward.metric: got ${JSON.stringify(reward.metric)}, expected ${metrics.join(' | ')}`);
  const { gold } = reward;
  if (!Array.isArray(gold) || gold.length === 0 || gold.some((line) => typeof line !== 'string'))
    throw bad('reward.gold: expected a list of at least one string');
  const caseSensitive = reward.caseSensitive === true;
  return { metric, gold: gold as string[], language: reward.language === 'zh' ? 'zh' : 'en', caseSensitive };
}
