/**
 * @file The difficulty of samples that exist already, by rollouts (P3): the same cascade as for new ones. Labels follow from
 * the replies, which are cached, so a calibration that was killed goes on where it stood.
 */

import path from 'node:path';
import { messageOf } from '../../errors.ts';
import { Account, divideCosts } from '../../llm/account.ts';
import type { CachedClient, PricedModel } from '../../llm/cached-client.ts';
import { type Cost, noCost } from '../../llm/cost-ledger.ts';
import { random } from '../../random.ts';
import type { Calibration, Sample } from '../../samples/sample.ts';
import { writeJournal } from '../../storage/journal.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { CascadeConfig } from './config.ts';
import { type Difficulty, goodRewardOf, passRate, rolloutReward, strongVerdict, weakVerdict } from './difficulty.ts';
import { Failures } from './failures.ts';
import { solveMessages } from './prompts.ts';

/** How often the policies are asked and from which pass rates a tier begins; rewards are in [0, 1]. */
export interface CalibrateSettings
  extends Pick<
    CascadeConfig,
    'rollouts' | 'weakEasyAbove' | 'weakMediumFrom' | 'strongMediumAbove' | 'strongHardFrom'
  > {
  readonly seed: number;
  readonly temperature: number;
  readonly maxTokens: number;
  /** Where the reward of a good answer is not to be that of `goodReward`. */
  readonly passRewardByTask: Readonly<Partial<Record<TaskId, number>>>;
}

/** The two policies of the cascade. */
export interface CalibrateModels {
  readonly weak: PricedModel;
  /** Without one, what the weak policy does not solve has no label. */
  readonly strong?: PricedModel | undefined;
}

/** What is found out about one sample. */
export interface DifficultyLabel {
  readonly id: string;
  readonly task: TaskId;
  /**
   * `unsolved`: by the weak policy, and no strong one was asked; `discard`: by both; `refused`: a model does not take it (too long,
   * above all); `no-reply`: a request about it never got one, while others did.
   */
  readonly difficulty: Difficulty | 'unsolved' | 'discard' | 'refused' | 'no-reply';
  readonly rollouts: Calibration['rollouts'];
  readonly why?: string;
  readonly cost: Cost;
}

/** What one label is found out with. */
export interface CalibrateContext {
  readonly client: Pick<CachedClient, 'ask' | 'askGroup'>;
  readonly models: CalibrateModels;
  readonly settings: CalibrateSettings;
}

/**
 * @param rollouts Gets what was found out.
 * @throws ChatFailure when a request got no reply, ResourceError when the budget is spent.
 */
async function difficultyOf(
  { client, models, settings }: CalibrateContext,
  { id, task, prompt, reward }: Sample,
  rollouts: Calibration['rollouts'],
): Promise<DifficultyLabel['difficulty']> {
  const passAt = goodRewardOf(settings, task);
  const rate = async (stage: 'weak' | 'strong', model: PricedModel): Promise<number> => {
    const { temperature, maxTokens, seed, rollouts: count } = settings;
    const request = {
      messages: solveMessages(prompt),
      temperature,
      maxTokens,
      seed: random(seed, stage, id).uint32() >>> 2,
    };
    const answers = await client.askGroup(model, request, count);
    const rewards = answers.map(({ reply }) => rolloutReward(reward, reply.text));
    rollouts.push({ stage, model: model.model.name, requests: answers.map(({ key }) => key), rewards });
    return passRate(rewards, passAt);
  };
  const first = weakVerdict(await rate('weak', models.weak), settings);
  if (first !== 'unsolved' || models.strong === undefined) return first;
  return strongVerdict(await rate('strong', models.strong), settings);
}

/** Samples to label, at most `parallel` at once. */
export interface LabelOptions extends CalibrateContext {
  readonly samples: AsyncIterable<Sample>;
  readonly parallel: number;
  /** Directory of replies and labels. */
  readonly work: string;
  /** Replies that servers have sent so far. */
  readonly replies: () => number;
  readonly onProgress?: (labelled: number) => void;
}

/** Where `labelSamples` writes, one `DifficultyLabel` a line. */
export const labelsFile = (work: string): string => path.join(work, 'labels.jsonl');

/**
 * The label of every sample, in order; also in `labels.jsonl`. At most `parallel` prompts are in memory.
 *
 * @throws ResourceError when servers do not answer or the budget is spent; what was replied is kept.
 */
export async function labelSamples(options: LabelOptions): Promise<DifficultyLabel[]> {
  const { samples, parallel, work, replies, onProgress } = options;
  const iterator = samples[Symbol.asyncIterator]();
  const failures = new Failures({ things: 'samples', parallel, replies });
  const labels: Omit<DifficultyLabel, 'cost'>[] = [];
  const accounts: Account[] = [];
  let [read, done, stopped] = [0, 0, false];
  let turn: Promise<unknown> = Promise.resolve();
  const next = (): Promise<IteratorResult<Sample>> => {
    const taken = turn.then(() => iterator.next());
    turn = taken.catch(() => undefined);
    return taken;
  };
  const label = async (sample: Sample, index: number): Promise<void> => {
    const client = new Account(options.client);
    accounts[index] = client;
    const { id, task } = sample;
    const rollouts: Calibration['rollouts'] = [];
    try {
      const difficulty = await difficultyOf({ ...options, client }, sample, rollouts);
      labels[index] = { id, task, difficulty, rollouts };
    } catch (error) {
      const difficulty = failures.stageOf(error, id);
      if (difficulty === undefined) stopped = true;
      else labels[index] = { id, task, difficulty, rollouts, why: messageOf(error) };
    }
  };
  const worker = async (): Promise<void> => {
    while (!stopped) {
      const { value, done: ended } = await next();
      if (ended === true) return;
      await label(value, read++);
      onProgress?.(++done);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: parallel }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  failures.check(read);
  const costs = divideCosts(accounts);
  const priced = labels.map((one, index) => ({ ...one, cost: costs[index] ?? noCost }));
  await writeJournal(labelsFile(work), priced);
  return priced;
}
