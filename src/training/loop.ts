/**
 * @file The training loop (paper section 4; released verl scripts): draw prompts, sample groups, score, drop groups without
 * variance and refill (DAPO's dynamic sampling), advantages by task, one clipped policy-gradient step, metrics, checkpoint.
 * Read `examples/rl-loop.ts` first: the same algorithm on one page without files, resume and events.
 *
 * All randomness derives from (seed, position of the prompt in the data order), so a resumed run is the unbroken run.
 *
 * On a server the groups of the next step are sampled while this one trains (batch-source.ts), and a server that was lost is
 * opened again from the newest checkpoint.
 */
import type { Engine, OptimMetrics, StepMetrics } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { EngineError, GolongrlError, InputError, UsageError } from '../errors.ts';
import { judged, type ScoredRollout } from '../rollouts/group.ts';
import type { TokenTrace } from '../rollouts/token-trace.ts';
import type { RunDirectory } from '../runs/run-directory.ts';
import type { Sample } from '../samples/sample.ts';
import { type BatchSource, batchSource } from './batch-source.ts';
import type { TrainingConfig } from './config.ts';
import { type Draw, drawBatch, promptDrawer, type SamplingProgress } from './draw-batch.ts';
import { type Attempted, explainNotFinite } from './not-finite.ts';
import { type AddReference, estimate, learningRateAt, lossSpec, referenceOf, trajectories } from './policy-step.ts';
import { writeRollouts } from './rollout-log.ts';
import { type SupervisedMetrics, stepMetrics, type TrainingMetrics } from './step-metrics.ts';
import { tokenTraces } from './trace-tokens.ts';

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

/** What a run tells while it goes on, for a terminal or a dashboard; files are written without anybody listening. */
export type TrainingEvent =
  | { readonly type: 'training-start'; readonly steps: number; readonly resumedFrom: number; readonly samples: number }
  /** Rollouts of a step to come are being drawn. */
  | ({ readonly type: 'sampling-progress' } & SamplingProgress)
  | { readonly type: 'step-end'; readonly metrics: TrainingMetrics; readonly timings: StepTimings }
  | { readonly type: 'supervised-step-end'; readonly metrics: SupervisedMetrics; readonly seconds: number }
  | { readonly type: 'checkpoint-saved'; readonly step: number; readonly path: string }
  /** The engine was lost in the step after `lostAfter` and is back; the run goes on after `resumedFrom`. */
  | { readonly type: 'engine-reopened'; readonly lostAfter: number; readonly resumedFrom: number; readonly why: string }
  | { readonly type: 'training-end'; readonly step: number; readonly interrupted: boolean };

/** The engine stays the caller's: it is not closed at the end. */
export interface TrainOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly config: TrainingConfig;
  /** Training samples; their order matters to the result. */
  readonly samples: readonly Sample[];
  readonly run: RunDirectory;
  /** Continue from the newest checkpoint of the run. */
  readonly resume: boolean;
  /** Called with what happens, step by step. */
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Aborting ends the run in order: the last complete step is saved. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Evaluates the policy as it stands, whenever `evaluation.every` steps are done and their checkpoint is saved. A resumed
   * run may ask again for the step that it starts from.
   */
  readonly evaluate?: (step: number) => Promise<void>;
}

/** The last complete step, and whether the run ended before the steps that the configuration asks for. */
export interface TrainResult {
  readonly step: number;
  readonly interrupted: boolean;
}

/** Reopenings in a row, without a new step between them, after which a lost engine ends the run. */
const mostReopenings = 5;

/** Trains until `config.steps` or until the signal. @throws InputError without samples or with a corrupt checkpoint. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { engine, config, run, signal } = options;
  const emit = options.onEvent ?? (() => undefined);
  if (options.samples.length === 0)
    throw new InputError('no-samples', 'The training set is empty: no sample passes data.rendering and data.tasks.');
  const maxStaleness = await allowedStaleness(engine, config);
  const addReference = referenceOf(engine, config);
  const start = options.resume ? await restore(engine, run) : { step: 0, position: 0 };
  const draw = await promptDrawer(options);
  emit({ type: 'training-start', steps: config.steps, resumedFrom: start.step, samples: options.samples.length });

  const state = { ...start, savedStep: start.step };
  let farthest = state.step;
  let reopenings = 0;
  let lost: EngineError | undefined;
  for (;;) {
    try {
      if (lost !== undefined) {
        const lostAfter = state.step;
        await engine.reopen?.(signal);
        Object.assign(state, await restore(engine, run));
        state.savedStep = state.step;
        emit({ type: 'engine-reopened', lostAfter, resumedFrom: state.step, why: lost.message });
        lost = undefined;
      }
      await trainSteps(options, { state, draw, maxStaleness, addReference, emit });
      break;
    } catch (error) {
      if (state.step > farthest) reopenings = 0;
      farthest = Math.max(farthest, state.step);
      const again = error instanceof EngineError && error.lost && engine.reopen !== undefined && !signal?.aborted;
      if (!again || ++reopenings > mostReopenings) throw error;
      lost = error;
    }
  }
  const interrupted = state.step < config.steps;
  emit({ type: 'training-end', step: state.step, interrupted });
  return { step: state.step, interrupted };
}

/** How many updates a rollout's policy may be behind. @throws UsageError for more than the engine can sample with. */
async function allowedStaleness(engine: Engine, { pipeline }: TrainingConfig): Promise<number> {
  const { offPolicySampling } = await engine.info();
  if (pipeline.maxStaleness === undefined) return offPolicySampling === true ? 1 : 0;
  if (pipeline.maxStaleness > 0 && offPolicySampling === false)
    throw new UsageError(
      'staleness-unsupported',
      `pipeline.maxStaleness: got ${pipeline.maxStaleness}, expected 0: this engine samples with its newest weights only.`,
      'Leave pipeline.maxStaleness out: it is then what the engine allows.',
    );
  return pipeline.maxStaleness;
}

/** Where a run stands. */
interface TrainState {
  step: number;
  /** In the prompt order, after the last trained batch. */
  position: number;
  savedStep: number;
}

interface StepsContext {
  readonly state: TrainState;
  readonly draw: Draw;
  readonly maxStaleness: number;
  readonly addReference: AddReference | undefined;
  readonly emit: (event: TrainingEvent) => void;
}

/** Steps until the last one or the signal; what is done is saved at the end. */
async function trainSteps(options: TrainOptions, context: StepsContext): Promise<void> {
  const { engine, config, run, signal } = options;
  const { state, draw, maxStaleness, emit } = context;
  // What a server holds is gone when it restarts, so that every step counts there.
  const saveEvery = config.checkpoint.every ?? (engine.reopen === undefined ? 5 : 1);
  const save = async () => {
    const { step, position } = state;
    if (state.savedStep === step) return;
    const path = run.checkpointPath(step);
    await engine.save(run.file(path));
    const discard = async (folder: string) => engine.discard?.({ path: folder });
    await run.recordCheckpoint({ step, path, position }, config.checkpoint.keep, discard);
    state.savedStep = step;
    emit({ type: 'checkpoint-saved', step, path: run.file(path) });
  };
  const explain = (groups: readonly Attempted[]) => explainNotFinite({ run, step: state.step + 1, groups });
  const onSampling =
    options.onEvent && ((progress: SamplingProgress) => emit({ type: 'sampling-progress', ...progress }));
  const source = batchSource({
    draw: (position, inner) => drawBatch({ ...options, signal: inner, explain, onSampling }, draw, position),
    position: state.position,
    batches: config.steps - state.step,
    maxStaleness,
    signal,
  });
  try {
    while (state.step < config.steps && !signal?.aborted) {
      const { every } = config.evaluation;
      if (options.evaluate !== undefined && every > 0 && state.step > 0 && state.step % every === 0) {
        await save();
        await options.evaluate(state.step);
        if (signal?.aborted) break;
      }
      const saveNow = async () => {
        if (state.step % saveEvery === 0 || state.step === config.steps) await save();
      };
      if (!(await trainStep(options, { ...context, source, saveNow }))) break;
    }
    if (state.step < config.steps) await save();
  } finally {
    await source.close();
  }
}

/** One step: batch, advantages, gradient, update, records. False when the signal came before there was a gradient. */
async function trainStep(
  { engine, tokenizer, config, run, signal }: TrainOptions,
  {
    state,
    source,
    addReference,
    saveNow,
    emit,
  }: StepsContext & { readonly source: BatchSource; readonly saveNow: () => Promise<void> },
): Promise<boolean> {
  const start = performance.now();
  const unlessAborted = <T>(work: Promise<T>): Promise<T | undefined> =>
    work.catch((error: unknown) => {
      if (signal?.aborted) return undefined;
      throw error;
    });
  const batch = await unlessAborted(source.next());
  if (batch === undefined) return false;

  const { advantageOf, meanPassRate } = estimate(config, batch.trained, state.step + 1);
  const learningRate = learningRateAt(config, state.step + 1);

  const sampled = performance.now();
  let forward: StepMetrics | undefined;
  let optim: OptimMetrics | undefined;
  let forwarded = sampled;
  let traceOf: Map<ScoredRollout, TokenTrace> | undefined;
  if (advantageOf.size > 0) {
    const plain = trajectories(batch.trained, advantageOf);
    if (config.rollout.trace) {
      const rolloutsPG = batch.trained.map(judged);
      traceOf = await unlessAborted(tokenTraces({ engine, tokenizer, rolloutsPG, batch: plain, signal }));
      if (traceOf === undefined) return false;
    }
    const explain = explainNotFinite({ run, step: state.step + 1, groups: batch.trained });
    const gradient = async () =>
      engine.forwardBackward(
        (await addReference?.(plain, signal)) ?? plain,
        lossSpec(config, advantageOf.size),
        signal,
      );
    forward = await unlessAborted(gradient()).catch(explain);
    if (forward === undefined) return false;
    forwarded = performance.now();
    const { beta1, beta2, epsilon, weightDecay, gradientClip } = config.optimizer;
    const adam = { learningRate, beta1, beta2, epsilon, weightDecay, gradientClip };
    optim = await engine.optimStep(adam).catch(explain);
  }
  const optimized = performance.now();

  source.trained();
  state.step += 1;
  state.position = batch.position;
  const { step } = state;
  const metrics = stepMetrics({
    ...batch,
    step,
    advantageOf,
    meanPassRate,
    learningRate,
    ...(forward && optim ? { engine: { ...forward, ...optim } } : {}),
  });
  await writeRollouts(run, step, batch, advantageOf, traceOf);
  await run.appendMetrics(metrics);
  await saveNow();

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
  return true;
}

/** Loads the newest checkpoint and drops what was written after it; without one the run starts anew. */
export async function restore(engine: Engine, run: RunDirectory): Promise<{ step: number; position: number }> {
  const checkpoints = await run.checkpoints();
  const newest = checkpoints.at(-1);
  if (newest === undefined) {
    await run.rollBack(0);
    return { step: 0, position: 0 };
  }
  const earlier = checkpoints.at(-2);
  await engine.load({ path: run.file(newest.path) }).catch((error: unknown) => {
    if (!(error instanceof GolongrlError) || (error instanceof EngineError && error.lost)) throw error;
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
