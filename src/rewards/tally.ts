/**
 * @file Counts of results by status, state and format: what stands beside a mean score, so that no zero is silent. A mean of 0.1 is one
 * thing where nine of ten answers are wrong, and another where nine of ten responses were cut in their thinking.
 */
import { percent } from '../format.ts';
import { type AnswerFormat, type AnswerState, answerFormats, answerStates } from './reading/answer-state.ts';
import { type RewardResult, type RewardStatus, rewardStatuses } from './reward.ts';

export interface Tally {
  readonly statuses: Readonly<Record<RewardStatus, number>>;
  readonly states: Readonly<Record<AnswerState, number>>;
  readonly formats: Readonly<Record<AnswerFormat, number>>;
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** A tally that grows. A result without a verdict counts by its status alone: nothing is known of its answer. */
export class Counts implements Tally {
  readonly statuses = zeros(rewardStatuses);
  readonly states = zeros(answerStates);
  readonly formats = zeros(answerFormats);

  add({ status, state, format }: Pick<RewardResult, 'status' | 'state' | 'format'>): void {
    this.statuses[status]++;
    if (status === 'timeout' || status === 'error') return;
    this.states[state]++;
    this.formats[format]++;
  }
}

export function tallyOf(results: Iterable<Pick<RewardResult, 'status' | 'state' | 'format'>>): Tally {
  const counts = new Counts();
  for (const result of results) counts.add(result);
  return counts;
}

/** Shares of what is not `answered`, the largest first: `cut 12 %, none 7 %`; empty where all is. */
export function unansweredShares(states: Tally['states']): string {
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  return Object.entries(states)
    .filter(([state, count]) => count > 0 && state !== 'answered')
    .sort(([, a], [, b]) => b - a)
    .map(([state, count]) => `${state} ${percent(count / total)}`)
    .join(', ');
}
