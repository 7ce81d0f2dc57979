/**
 * @file The training loop (paper section 4; released verl scripts): draw prompts, sample groups, score, drop groups without
 * variance and refill (DAPO's dynamic sampling), advantages by task, one clipped policy-gradient step, metrics, checkpoint.
 * Read `examples/rl-loop.ts` first: the same algorithm on one page without files, resume and events.
 *
 * All randomness derives from (seed, position of the prompt in the data order), so a resumed run is the unbroken run.
 * Differences from the reference: of a step's informative groups the first P are used, like there, but a refill draws only
 * about as many prompts as are missing rather than a whole generation batch.
 */
import { advantages } from '../advantages/registry.ts';
import type { Engine, LossSpec, OptimMetrics, StepMetrics, TrajectoryGroup } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { GolongrlError, InputError } from '../errors.ts';
import { random } from '../random.ts';
import {
  type Group,
  hasVariance,
  judged,
  promptEncoder,
  type ScoredRollout,
  sampleGroups,
  type TokenizedSample,
} from '../rollouts/group.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from './config.ts';
import { promptOrder } from './prompt-order.ts';
import { stepMetrics, type TrainingMetrics } from './step-metrics.ts';

/** Seconds by stage. */
export interface StepTimings {
  readonly step: number;
  readonly sampling: number;
  readonly scoring: number;
  readonly training: number;
  readonly optimizer: number;
  readonly writing: number;
  readonly total: number;
}

export type TrainingEvent =
  | { readonly type: 'training-start'; readonly steps: number; readonly resumedFrom: number; readonly samples: number }
  | { readonly type: 'step-end'; readonly metrics: TrainingMetrics; readonly timings: StepTimings }
  | { readonly type: 'checkpoint-saved'; readonly step: number; readonly path: string }
  | { readonly type: 'training-end'; readonly step: number; readonly interrupted: boolean };

export interface TrainOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly config: TrainingConfig;
  /** Training samples; their order matters to the result. */
  readonly samples: readonly Sample[];
  readonly run: RunDirectory;
  /** Continue from the newest checkpoint of the run. */
  readonly resume: boolean;
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Aborting ends the run in order: the last complete step is saved. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainResult {
  readonly step: number;
  readonly interrupted: boolean;
}

/** Trains until `config.steps` or until the signal. @throws InputError without samples or with a corrupt checkpoint. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { engine, config, run, signal } = options;
  const emit = options.onEvent ?? (() => undefined);
  if (options.samples.length === 0)
    throw new InputError('no-samples', 'The training set is empty: no sample passes data.rendering and data.tasks.');
  let { step, position } = options.resume ? await restore(engine, run) : { step: 0, position: 0 };
  let savedStep = step;
  const draw = await promptDrawer(options);
  emit({ type: 'training-start', steps: config.steps, resumedFrom: step, samples: options.samples.length });

  const save = async () => {
    if (savedStep === step) return;
    const path = run.checkpointPath(step);
    await engine.save(run.file(path));
    await run.recordCheckpoint({ step, path, position }, config.checkpoint.keep);
    savedStep = step;
    emit({ type: 'checkpoint-saved', step, path: run.file(path) });
  };

  while (step < config.steps && !signal?.aborted) {
    const start = performance.now();
    const batch = await drawBatch(options, draw, position).catch((error: unknown) => {
      if (signal?.aborted) return undefined;
      throw error;
    });
    if (batch === undefined) break;

    const { advantageOf, meanPassRate } = estimate(config, batch.trained);
    const learningRate = warmUp(config, step + 1);

    const sampled = performance.now();
    let forward: StepMetrics | undefined;
    let optim: OptimMetrics | undefined;
    let forwarded = sampled;
    if (advantageOf.size > 0) {
      forward = await engine.forwardBackward(
        trajectories(batch.trained, advantageOf),
        lossSpec(config, advantageOf.size),
      );
      forwarded = performance.now();
      const { beta1, beta2, epsilon, weightDecay, gradientClip } = config.optimizer;
      optim = await engine.optimStep({ learningRate, beta1, beta2, epsilon, weightDecay, gradientClip });
    }
    const optimized = performance.now();

    step += 1;
    position = batch.position;
    const metrics = stepMetrics({
      ...batch,
      step,
      advantageOf,
      meanPassRate,
      learningRate,
      ...(forward && optim ? { engine: { ...forward, ...optim } } : {}),
    });
    await writeRollouts(run, step, batch, advantageOf);
    await run.appendMetrics(metrics);
    if (step % config.checkpoint.every === 0 || step === config.steps) await save();

    const end = performance.now();
    const seconds = (from: number, to: number) => Math.round(to - from) / 1000;
    const timings: StepTimings = {
      step,
      sampling: Math.round(batch.sampling * 1000) / 1000,
      scoring: Math.round(batch.scoring * 1000) / 1000,
      training: seconds(sampled, forwarded),
      optimizer: seconds(forwarded, optimized),
      writing: seconds(optimized, end),
      total: seconds(start, end),
    };
    await run.appendTimings(timings);
    emit({ type: 'step-end', metrics, timings });
  }
  const interrupted = step < config.steps;
  if (interrupted) await save();
  emit({ type: 'training-end', step, interrupted });
  return { step, interrupted };
}

/** Loads the newest checkpoint and drops what was written after it; without one the run starts anew. */
async function restore(engine: Engine, run: RunDirectory): Promise<{ step: number; position: number }> {
  const checkpoints = await run.checkpoints();
  const newest = checkpoints.at(-1);
  if (newest === undefined) {
    await run.rollBack(0);
    return { step: 0, position: 0 };
  }
  const earlier = checkpoints.at(-2);
  await engine.load({ path: run.file(newest.path) }).catch((error: unknown) => {
    if (!(error instanceof GolongrlError)) throw error;
    const from = earlier === undefined ? 'the start' : `step ${earlier.step}`;
    throw new InputError(
      'checkpoint-corrupt',
      error.message,
      `Nothing was changed. Remove ${run.file(newest.path)} and resume again: the run continues from ${from}.`,
      { cause: error },
    );
  });
  await run.rollBack(newest.step);
  return { step: newest.step, position: newest.position };
}

type Draw = (
  position: number,
  count: number,
) => Promise<{ prompts: TokenizedSample[]; positions: number[]; position: number; overlong: number }>;

/** Draws prompts from the seeded order, passing over those that do not fit the context. */
async function promptDrawer({ engine, tokenizer, samples, config }: TrainOptions): Promise<Draw> {
  const { maxContext } = await engine.info();
  const limit = Math.min(config.data.maxPromptTokens, maxContext - config.rollout.maxTokens);
  if (limit < 1) {
    throw new InputError(
      'context-too-small',
      `rollout.maxTokens: got ${config.rollout.maxTokens}, expected less than the policy's context of ${maxContext} tokens.`,
    );
  }
  const at = promptOrder(samples, config.seed);
  const encode = promptEncoder(tokenizer);
  return async (position, count) => {
    const prompts: TokenizedSample[] = [];
    const positions: number[] = [];
    let next = position;
    let overlong = 0;
    while (prompts.length < count) {
      const [candidate] = await encode([at(next)]);
      if (candidate !== undefined && candidate.prompt.length <= limit) {
        prompts.push(candidate);
        positions.push(next);
      } else if (++overlong > samples.length) {
        throw new InputError(
          'prompts-too-long',
          `Every training prompt is longer than ${limit} tokens.`,
          'Choose a smaller rollout.maxTokens or another data.rendering.',
        );
      }
      next += 1;
    }
    return { prompts, positions, position: next, overlong };
  };
}

interface Batch {
  readonly drawn: Group[];
  readonly dropped: Group[];
  readonly trained: Group[];
  readonly surplus: number;
  readonly draws: number;
  readonly overlong: number;
  /** Position after the last prompt drawn. */
  readonly position: number;
  readonly sampling: number;
  readonly scoring: number;
}

/** Samples and scores until P groups have variance or the draws are used up. */
async function drawBatch(options: TrainOptions, draw: Draw, start: number): Promise<Batch> {
  const { config, engine, tokenizer, signal } = options;
  const wanted = config.rollout.prompts;
  const firstDraw = config.dynamicSampling.enabled ? Math.ceil(wanted * config.dynamicSampling.draw) : wanted;
  const maxDraws = config.dynamicSampling.enabled ? config.dynamicSampling.maxDraws : 1;
  const drawn: Group[] = [];
  const kept: Group[] = [];
  let position = start;
  let draws = 0;
  let overlong = 0;
  let sampling = 0;
  let scoring = 0;
  while (kept.length < wanted && draws < maxDraws) {
    const next = await draw(position, draws === 0 ? firstDraw : refillSize(wanted, kept.length, drawn.length));
    const result = await sampleGroups({
      engine,
      tokenizer,
      prompts: next.prompts,
      seeds: next.positions.map((at) => random(config.seed, 'rollout', at).uint32()),
      rollouts: config.rollout.group,
      maxTokens: config.rollout.maxTokens,
      temperature: config.rollout.temperature,
      topP: config.rollout.topP,
      profile: config.profile,
      signal,
    });
    drawn.push(...result.groups);
    kept.push(...result.groups.filter((group) => !config.dynamicSampling.enabled || hasVariance(group)));
    position = next.position;
    overlong += next.overlong;
    sampling += result.sampling;
    scoring += result.scoring;
    draws += 1;
  }
  const dropped = drawn.filter((group) => !kept.includes(group));
  const trained = kept.slice(0, wanted);
  return {
    drawn,
    dropped,
    trained,
    surplus: kept.length - trained.length,
    draws,
    overlong,
    position,
    sampling,
    scoring,
  };
}

/** Prompts to draw for the missing groups at the keep rate seen so far, at most a whole batch. */
function refillSize(wanted: number, kept: number, drawn: number): number {
  const keepRate = Math.max(kept / drawn, 0.1);
  return Math.min(wanted, Math.ceil((wanted - kept) / keepRate));
}

/** Linear warm-up, then constant; `step` counts from 1. */
function warmUp({ optimizer }: TrainingConfig, step: number): number {
  return optimizer.learningRate * Math.min(1, step / Math.max(1, optimizer.warmupSteps));
}

/** Token mean, except for Dr. GRPO: a global constant, the longest possible response times the rollouts. */
export function lossSpec({ loss, advantage, rollout }: TrainingConfig, rollouts: number): LossSpec {
  const constant = advantage.type === 'dr-grpo';
  return {
    type: 'ppo',
    clipLow: loss.clipLow,
    clipHigh: loss.clipHigh,
    dualClip: loss.dualClip,
    ratioBounds: [loss.ratioLow, loss.ratioHigh],
    ratioVeto: loss.ratioVeto,
    ...(constant
      ? { aggregation: 'constant', normalizer: rollout.maxTokens * rollouts }
      : { aggregation: 'token-mean' }),
  };
}

/** Advantage of each judged rollout of the trained groups; the task key is the reward's kind. */
function estimate({ advantage }: TrainingConfig, groups: readonly Group[]) {
  const rolloutsD = groups.flatMap((group, p) =>
    judged(group).map((rollout) => ({ rollout, p, task: group.sample.reward.metric })),
  );
  if (rolloutsD.length === 0) return { advantageOf: new Map<ScoredRollout, number>(), meanPassRate: Number.NaN };
  const result = advantages(
    advantage.type,
    {
      rewards: rolloutsD.map(({ rollout }) => rollout.result.score),
      prompts: rolloutsD.map(({ p }) => p),
      tasks: rolloutsD.map(({ task }) => task),
    },
    { alpha: advantage.alpha, gamma: advantage.gamma },
  );
  const advantageOf = new Map(rolloutsD.map(({ rollout }, d) => [rollout, result.advantages[d] as number]));
  return { advantageOf, meanPassRate: result.meanPassRate };
}

function trajectories(groups: readonly Group[], advantageOf: ReadonlyMap<ScoredRollout, number>): TrajectoryGroup[] {
  return groups.map((group) => ({
    prompt: group.prompt,
    rollouts: judged(group).map((rollout) => ({
      tokens: rollout.completion.tokens,
      logprobs: rollout.completion.logprobs,
      advantages: new Float32Array(rollout.completion.tokens.length).fill(advantageOf.get(rollout) ?? 0),
    })),
  }));
}

/** One line a group; the prompt is referred to by its hash. */
async function writeRollouts(
  run: RunDirectory,
  step: number,
  batch: Batch,
  advantageOf: ReadonlyMap<ScoredRollout, number>,
): Promise<void> {
  const lines: object[] = [];
  for (const group of batch.drawn) {
    const { id, task, reward } = group.sample;
    lines.push({
      sample: id,
      task,
      prompt: await run.writePrompt(group.sample.prompt),
      gold: reward.gold,
      use: batch.trained.includes(group) ? 'trained' : batch.dropped.includes(group) ? 'dropped' : 'surplus',
      rollouts: group.rollouts.map((rollout) => ({
        text: rollout.text,
        ...rollout.result,
        tokens: rollout.completion.tokens.length,
        stopReason: rollout.completion.stopReason,
        advantage: advantageOf.get(rollout),
      })),
    });
  }
  await run.writeRollouts(step, lines);
}
