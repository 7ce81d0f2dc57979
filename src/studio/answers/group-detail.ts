/** @file One group with what its advantages were estimated from, both profiles' verdicts, and where else its sample was drawn. */

import { readAnswer } from '../../rewards/reading/reading.ts';
import type { RewardSpec } from '../../rewards/reward.ts';
import { scoreResponse } from '../../rewards/score.ts';
import { RunDirectory } from '../../runs/run-directory.ts';
import { type TaskId, tasks } from '../../tasks/task.ts';
import type { RolloutTable } from '../index/rollout-table.ts';
import type { RunIndex } from '../index/run-index.ts';
import { type ConfigWords, configWords } from '../runs/summarise-run.ts';
import type { GroupDetail, StepBatch, StoredGroup, Verdict } from '../shared/api.ts';
import { readGroup } from './rollout-page.ts';

/** What the rollouts of a group were judged by; undefined where the task is none of ours. */
function specOf({ gold, reward, task, question }: StoredGroup): RewardSpec | undefined {
  const metric = reward?.metric ?? tasks[task as TaskId]?.metric;
  if (metric === undefined) return undefined;
  return { language: 'en', ...reward, metric, gold, ...(question ? { question } : {}) };
}

/** Both profiles judge a text anew: what one pays and the other does not is where a policy games its reward. */
function verdictOf(spec: RewardSpec, text: string): Verdict {
  const paper = scoreResponse(spec, text, 'paper');
  const hardened = scoreResponse(spec, text, 'hardened');
  const { at } = readAnswer(text, { metric: spec.metric, marks: spec.marks });
  return {
    paper: { score: paper.score, reason: paper.reason },
    hardened: { score: hardened.score, reason: hardened.reason, state: hardened.state, format: hardened.format },
    at,
  };
}

/** The rollouts that a step's advantages were estimated from. */
export function batchOf(table: RolloutTable, step: number): StepBatch {
  const [first, end] = table.groupsOf(step) ?? [0, 0];
  const batch = { rewards: [] as number[], prompts: [] as number[], tasks: [] as string[] };
  for (let group = first; group < end; group++) {
    if (table.words.use.word(table.groups.use.at(group)) !== 'trained') continue;
    const task = table.words.metric.word(table.groups.metric.at(group));
    const [from, to] = table.rowsOf(group);
    for (let row = from; row < to; row++) {
      if (table.words.status.word(table.rows.status.at(row)) !== 'ok') continue;
      batch.rewards.push(table.rows.reward.at(row));
      batch.prompts.push(table.groups.line.at(group));
      batch.tasks.push(task);
    }
  }
  return batch;
}

/** Every time that a sample was drawn. */
export function historyOf(table: RolloutTable, sample: string): GroupDetail['history'] {
  const number = table.words.sample.find(sample);
  if (number === undefined) return [];
  const history: { step: number; group: number; rewards: number[] }[] = [];
  for (let group = 0; group < table.groups.sample.length; group++) {
    if (table.groups.sample.at(group) !== number) continue;
    const [from, to] = table.rowsOf(group);
    const rewards = [...table.rows.reward.values.subarray(from, to)];
    history.push({ step: table.groups.step.at(group), group: table.groups.line.at(group), rewards });
  }
  return history;
}

/** Undefined where the run has no such group. @param line of the step's file, from 0 @param config of the run, as `configWords` reads it */
export async function groupDetail(
  index: RunIndex,
  step: number,
  line: number,
  config?: ConfigWords,
): Promise<GroupDetail | undefined> {
  const { table } = index;
  const [first, end] = table.groupsOf(step) ?? [0, 0];
  if (!(line >= 0 && first + line < end)) return undefined;
  const group = await readGroup(index, first + line);
  const spec = specOf(group);
  const { estimator, alpha, gamma, clip } = config ?? (await configWords(new RunDirectory(index.path)));
  return {
    step,
    number: line,
    group,
    verdicts: spec === undefined ? [] : group.rollouts.map(({ text }) => verdictOf(spec, text)),
    batch: batchOf(table, step),
    estimator: estimator ?? 'grpo',
    alpha,
    gamma,
    history: historyOf(table, group.sample),
    groupsOfStep: end - first,
    clip,
  };
}
