/**
 * @file The `reward` field of a native row, checked: one reader for files and for requests.
 */
import { isRecord } from '../json.ts';
import { metrics } from '../tasks/task.ts';
import type { RewardSpec } from './reward.ts';

/**
 * `bad` makes the error of the place that reads.
 *
 * @param beside The question of the row, where the reward states none.
 * @throws what `bad` makes, naming the field.
 */
export function parseRewardSpec(
  reward: Readonly<Record<string, unknown>>,
  bad: (message: string) => Error,
  beside?: unknown,
): RewardSpec {
  const metric = metrics.find((name) => name === reward.metric);
  if (metric === undefined)
    throw bad(`reward.metric: got ${JSON.stringify(reward.metric)}, expected ${metrics.join(' | ')}`);
  const { gold } = reward;
  if (!Array.isArray(gold) || gold.length === 0 || gold.some((line) => typeof line !== 'string'))
    throw bad('reward.gold: expected a list of at least one string');
  const caseSensitive = reward.caseSensitive === true;
  return {
    metric,
    gold: gold as string[],
    language: reward.language === 'zh' ? 'zh' : 'en',
    caseSensitive,
    ...(typeof beside === 'string' && beside !== '' ? { question: beside } : {}),
    ...details(reward, bad),
  };
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((item) => Number.isFinite(item)) && value[0] <= value[1];

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < 1;

/** Each optional field with what it must be. */
const optional: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  question: ['a string', (value) => typeof value === 'string'],
  options: [
    'a list of strings, or an object of them by letter',
    (value) => isStrings(value) || (isRecord(value) && Object.values(value).every((text) => typeof text === 'string')),
  ],
  candidates: ['a whole number from 1 on', (value) => Number.isInteger(value) && (value as number) > 0],
  ordered: ['true or false', (value) => typeof value === 'boolean'],
  tolerance: ['a number from 0 on and below 1', isShare],
  unitsDemanded: ['true or false', (value) => typeof value === 'boolean'],
  floor: ['a number from 0 on and below 1', isShare],
  lengthWindow: ['two numbers, the smaller one first', isPair],
  format: ['ignore | reward', (value) => value === 'ignore' || value === 'reward'],
  marks: ['an object', isRecord],
};

/** The optional fields that stand in a row; null counts as absent. */
function details(reward: Readonly<Record<string, unknown>>, bad: (message: string) => Error): Partial<RewardSpec> {
  const found: Record<string, unknown> = {};
  for (const [name, [expected, fits]] of Object.entries(optional)) {
    const value = reward[name];
    if (value === undefined || value === null) continue;
    if (!fits(value)) throw bad(`reward.${name}: got ${JSON.stringify(value)?.slice(0, 80)}, expected ${expected}`);
    found[name] = value;
  }
  return found;
}
