/**
 * @file Held-out evaluation: samples responses to held-out prompts and scores them, greedily or at a temperature.
 * The random stream of a response derives from (seed, sample id), so before and after draw the same numbers and a paired
 * comparison removes part of the sampling noise.
 */
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { random } from '../random.ts';
import type { Profile, RewardResult } from '../rewards/reward.ts';
import { sampleGroups, type TokenizedSample } from '../rollouts/group.ts';
import type { Sample } from '../samples/sample.ts';
import { taskIds } from '../tasks/task.ts';
import type { PairedScore } from './compare/statistics.ts';

/** One response: a line of eval/*.jsonl. */
export interface EvaluationRow extends RewardResult {
  readonly sample: string;
  readonly task: string;
  readonly cluster: string;
  readonly question: string;
  /** Of the prompt. */
  readonly characters: number;
  readonly gold: readonly string[];
  /** Number of the response to this prompt, from 0. */
  readonly rollout: number;
  readonly text: string;
  readonly tokens: number;
  readonly stopReason: 'stop' | 'length';
}

/** The policy as it is asked, once before and once after training. */
export interface EvaluateOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly prompts: readonly TokenizedSample[];
  /** 0 is greedy. */
  readonly temperature: number;
  /** Responses to each prompt; greedy decoding needs one. */
  readonly rollouts: number;
  readonly maxTokens: number;
  /** Texts that end a response. */
  readonly stop?: readonly string[];
  readonly seed: number;
  readonly profile: Profile;
  /** `reward` is the mean of the verdicts so far; absent before the first. */
  readonly onProgress?: (done: number, total: number, reward?: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Prompts in one request to the engine. */
const requestSize = 32;

/** At most `perTask` samples of each task, the first ones of the file. */
export function selectHeldout(samples: readonly Sample[], perTask: number): Sample[] {
  return taskIds.flatMap((task) => samples.filter((sample) => sample.task === task).slice(0, perTask));
}

/** Scores of all responses, in the order of the prompts. @throws when aborted. */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationRow[]> {
  // Prompts of like length share a request, so that little of a batch is padding.
  const order = options.prompts
    .map((prompt, index) => ({ prompt, index }))
    .sort((a, b) => a.prompt.prompt.length - b.prompt.prompt.length || a.index - b.index);
  const rows: EvaluationRow[][] = options.prompts.map(() => []);
  for (let start = 0; start < order.length; start += requestSize) {
    options.signal?.throwIfAborted();
    const request = order.slice(start, start + requestSize);
    const { groups } = await sampleGroups({
      ...options,
      prompts: request.map(({ prompt }) => prompt),
      seeds: request.map(({ prompt }) => random(options.seed, 'evaluation', prompt.sample.id).uint32()),
    });
    for (const [k, { sample, rollouts }] of groups.entries()) {
      rows[request[k]?.index ?? 0] = rollouts.map(({ completion, text, result }, rollout) => ({
        sample: sample.id,
        task: sample.task,
        cluster: sample.cluster,
        question: sample.question,
        characters: sample.prompt.length,
        gold: sample.reward.gold,
        rollout,
        ...result,
        text,
        tokens: completion.tokens.length,
        stopReason: completion.stopReason,
      }));
    }
    options.onProgress?.(Math.min(start + requestSize, order.length), order.length, meanScore(rows.flat()));
  }
  return rows.flat();
}

function meanScore(rows: readonly EvaluationRow[]): number | undefined {
  const judged = rows.filter(({ status }) => status === 'ok');
  return judged.length === 0 ? undefined : judged.reduce((sum, { score }) => sum + score, 0) / judged.length;
}

/** Mean score of each sample before and after; responses without a verdict and samples without a partner are left out. */
export function pairScores(before: readonly EvaluationRow[], after: readonly EvaluationRow[]): PairedScore[] {
  const means = (rows: readonly EvaluationRow[]) => {
    const bySample = new Map<string, { row: EvaluationRow; sum: number; count: number }>();
    for (const row of rows) {
      if (row.status !== 'ok') continue;
      const entry = bySample.get(row.sample) ?? { row, sum: 0, count: 0 };
      bySample.set(row.sample, { row, sum: entry.sum + row.score, count: entry.count + 1 });
    }
    return bySample;
  };
  const afterMeans = means(after);
  return [...means(before)].flatMap(([id, { row, sum, count }]) => {
    const partner = afterMeans.get(id);
    return partner === undefined
      ? []
      : [{ task: row.task, cluster: row.cluster, before: sum / count, after: partner.sum / partner.count }];
  });
}
