/**
 * @file The difficulty of samples that exist already, by rollouts (P3): the same cascade as for new ones. Labels follow from
 * the replies, which are cached, so a calibration that was killed goes on where it stood.
 */
import path from 'node:path';
import type { CachedClient, PricedModel } from '../../llm/cached-client.ts';
import { ChatFailure } from '../../llm/chat-model.ts';
import { addCosts, type Cost, noCost, roundedCost } from '../../llm/cost-ledger.ts';
import { random } from '../../random.ts';
import { writeJsonLines } from '../../runs/files.ts';
import type { Calibration, Sample } from '../../samples/sample.ts';
import type { TaskId } from '../../tasks/task.ts';
import type { CascadeConfig } from './config.ts';
import { type Difficulty, passRate, rolloutReward, strongVerdict, weakVerdict } from './difficulty.ts';
import { solveMessages } from './prompts.ts';

export interface CalibrateSettings
  extends Pick<
    CascadeConfig,
    | 'rollouts'
    | 'temperature'
    | 'maxTokens'
    | 'weakEasyAbove'
    | 'weakMediumFrom'
    | 'strongMediumAbove'
    | 'strongHardFrom'
  > {
  readonly seed: number;
  readonly passReward: number;
  readonly passRewardByTask: Readonly<Partial<Record<TaskId, number>>>;
}

export interface CalibrateModels {
  readonly weak: PricedModel;
  /** Without one, what the weak policy does not solve has no label. */
  readonly strong?: PricedModel | undefined;
}

/** What is found out about one sample. */
export interface DifficultyLabel {
  readonly id: string;
  readonly task: TaskId;
  /** `unsolved`: by the weak policy, and no strong one was asked; `discard`: by both; `refused`: no model took it. */
  readonly difficulty: Difficulty | 'unsolved' | 'discard' | 'refused';
  readonly rollouts: Calibration['rollouts'];
  readonly why?: string;
  readonly cost: Cost;
}

export interface CalibrateContext {
  readonly client: Pick<CachedClient, 'askGroup'>;
  readonly models: CalibrateModels;
  readonly settings: CalibrateSettings;
}

/** @throws ChatFailure when a request got no reply, ResourceError when the budget is spent. */
export async function labelSample(
  { client, models, settings }: CalibrateContext,
  { id, task, prompt, reward }: Sample,
): Promise<DifficultyLabel> {
  const passAt = settings.passRewardByTask[task] ?? settings.passReward;
  const rollouts: Calibration['rollouts'] = [];
  let cost = noCost;
  const rate = async (stage: 'weak' | 'strong', model: PricedModel): Promise<number> => {
    const { temperature, maxTokens, seed, rollouts: count } = settings;
    const request = {
      messages: solveMessages(prompt),
      temperature,
      maxTokens,
      seed: random(seed, stage, id).uint32() >>> 2,
    };
    const answers = await client.askGroup(model, request, count);
    for (const answer of answers) cost = addCosts(cost, answer.cost);
    const rewards = answers.map(({ reply }) => rolloutReward(reward, reply.text));
    rollouts.push({ stage, model: model.model.name, requests: answers.map(({ key }) => key), rewards });
    return passRate(rewards, passAt);
  };
  const label = (difficulty: DifficultyLabel['difficulty']): DifficultyLabel => ({
    id,
    task,
    difficulty,
    rollouts,
    cost: roundedCost(cost),
  });
  try {
    const first = weakVerdict(await rate('weak', models.weak), settings);
    if (first !== 'unsolved' || models.strong === undefined) return label(first);
    return label(strongVerdict(await rate('strong', models.strong), settings));
  } catch (error) {
    // What a model does not take (too long, above all) is the sample's trouble; no reply at all is everybody's.
    if (!(error instanceof ChatFailure) || error.retryable) throw error;
    return { ...label('refused'), why: error.message };
  }
}

export interface LabelOptions extends CalibrateContext {
  readonly samples: AsyncIterable<Sample>;
  readonly parallel: number;
  /** Directory of replies and labels. */
  readonly work: string;
  readonly onProgress?: (labelled: number) => void;
}

export const labelsFile = (work: string): string => path.join(work, 'labels.jsonl');

/**
 * The label of every sample, in order; also in `labels.jsonl`. At most `parallel` prompts are in memory.
 *
 * @throws as `labelSample`; what was replied is kept.
 */
export async function labelSamples(options: LabelOptions): Promise<DifficultyLabel[]> {
  const { samples, parallel, work, onProgress } = options;
  const iterator = samples[Symbol.asyncIterator]();
  const labels: DifficultyLabel[] = [];
  let [read, done, stopped] = [0, 0, false];
  let turn: Promise<unknown> = Promise.resolve();
  const next = (): Promise<IteratorResult<Sample>> => {
    const taken = turn.then(() => iterator.next());
    turn = taken.catch(() => undefined);
    return taken;
  };
  const worker = async (): Promise<void> => {
    while (!stopped) {
      const { value, done: ended } = await next();
      if (ended === true) return;
      const index = read++;
      try {
        labels[index] = await labelSample(options, value);
      } catch (error) {
        stopped = true;
        throw error;
      }
      onProgress?.(++done);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: parallel }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  await writeJsonLines(labelsFile(work), labels);
  return labels;
}
