/**
 * @file The training loop (paper section 4; released verl scripts): draw prompts, sample groups, score, drop groups without
 * variance and refill (DAPO's dynamic sampling), advantages by task, one clipped policy-gradient step, metrics, checkpoint.
 * Read `examples/rl-loop.ts` first: the same algorithm on one page without files, resume and events.
 *
 * All randomness derives from (seed, position of the prompt in the data order), so a resumed run is the unbroken run.
 */
import type { Engine, OptimMetrics, StepMetrics } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { GolongrlError, InputError } from '../errors.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from './config.ts';
import { drawBatch, promptDrawer } from './draw-batch.ts';
import { type Attempted, explainNotFinite } from './not-finite.ts';
import { estimate, learningRateAt, lossSpec, referenceOf, trajectories } from './policy-step.ts';
import { writeRollouts } from './rollout-log.ts';
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
  /**
   * Evaluates the policy as it stands, whenever `evaluation.every` steps are done and their checkpoint is saved. A resumed
   * run may ask again for the step that it starts from.
   */
  readonly evaluate?: (step: number) => Promise<void>;
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
  const addReference = referenceOf(engine, config);
  emit({ type: 'training-start', steps: config.steps, resumedFrom: step, samples: options.samples.length });

  const save = async () => {
    if (savedStep === step) return;
    const path = run.checkpointPath(step);
    await engine.save(run.file(path));
    await run.recordCheckpoint({ step, path, position }, config.checkpoint.keep);
    savedStep = step;
    emit({ type: 'checkpoint-saved', step, path: run.file(path) });
  };

  /** Undefined where work ended because the run is to end. */
  const unlessAborted = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      if (signal?.aborted) return undefined;
      throw error;
    });

  while (step < config.steps && !signal?.aborted) {
    const { every } = config.evaluation;
    if (options.evaluate !== undefined && every > 0 && step > 0 && step % every === 0) {
      await save();
      await options.evaluate(step);
      if (signal?.aborted) break;
    }
    const start = performance.now();
    const explainDraw = (groups: readonly Attempted[]) => explainNotFinite({ run, step: step + 1, groups });
    const batch = await unlessAborted(drawBatch({ ...options, explain: explainDraw }, draw, position));
    if (batch === undefined) break;

    const { advantageOf, meanPassRate } = estimate(config, batch.trained);
    const learningRate = learningRateAt(config, step + 1);

    const sampled = performance.now();
    let forward: StepMetrics | undefined;
    let optim: OptimMetrics | undefined;
    let forwarded = sampled;
    if (advantageOf.size > 0) {
      const plain = trajectories(batch.trained, advantageOf);
      const explain = explainNotFinite({ run, step: step + 1, groups: batch.trained });
      const gradient = async () =>
        engine.forwardBackward(
          (await addReference?.(plain, signal)) ?? plain,
          lossSpec(config, advantageOf.size),
          signal,
        );
      forward = await unlessAborted(gradient()).catch(explain);
      if (forward === undefined) break;
      forwarded = performance.now();
      const { beta1, beta2, epsilon, weightDecay, gradientClip } = config.optimizer;
      const adam = { learningRate, beta1, beta2, epsilon, weightDecay, gradientClip };
      optim = await engine.optimStep(adam).catch(explain);
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
