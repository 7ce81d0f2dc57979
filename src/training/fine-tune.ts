/**
 * @file The supervised start: cross-entropy on gold answers as the policy should write them, in the order, run directory and
 * checkpoints of the training loop. A policy that never writes `[Answer]` earns nothing that reinforcement learning could
 * reward; a few steps of this teach it the form.
 */
import { InputError } from '../errors.ts';
import { scoreResponse } from '../rewards/index.ts';
import type { TokenizedSample } from '../rollouts/group.ts';
import type { TrainingConfig } from './config.ts';
import { type DemonstrationOptions, demonstration, demonstrationTokens } from './demonstration.ts';
import { promptDrawer } from './draw-batch.ts';
import { restore, type TrainOptions, type TrainResult } from './loop.ts';
import { explainNotFinite } from './not-finite.ts';
import { learningRateAt } from './policy-step.ts';
import type { SupervisedMetrics } from './step-metrics.ts';

/** Trains until `sft.steps` or until the signal. @throws InputError without samples or with a corrupt checkpoint. */
export async function fineTune(options: TrainOptions): Promise<TrainResult> {
  const { engine, config, run, signal } = options;
  const emit = options.onEvent ?? (() => undefined);
  const { steps, batch: size } = config.sft;
  if (options.samples.length === 0)
    throw new InputError('no-samples', 'The training set is empty: no sample passes data.rendering and data.tasks.');
  const state = options.resume ? await restore(engine, run) : { step: 0, position: 0 };
  let savedStep = state.step;
  const draw = await promptDrawer(options);
  emit({ type: 'training-start', steps, resumedFrom: state.step, samples: options.samples.length });
  const save = async () => {
    if (savedStep === state.step) return;
    const path = run.checkpointPath(state.step);
    await engine.save(run.file(path));
    await run.recordCheckpoint({ ...state, path }, config.checkpoint.keep);
    savedStep = state.step;
    emit({ type: 'checkpoint-saved', step: state.step, path: run.file(path) });
  };

  while (state.step < steps && !signal?.aborted) {
    const { every } = config.evaluation;
    if (options.evaluate !== undefined && every > 0 && state.step > 0 && state.step % every === 0) {
      await save();
      await options.evaluate(state.step);
      if (signal?.aborted) break;
    }
    const start = performance.now();
    const drawn = await draw(state.position, size);
    const { examples, unpaid, long } = await demonstrations(options, drawn.prompts);
    const explain = explainNotFinite({ run, step: state.step + 1, groups: examples });
    const forward = await engine
      .forwardBackward(
        examples.map(({ prompt, tokens }) => ({
          prompt,
          rollouts: [
            { tokens, logprobs: new Float32Array(tokens.length), advantages: new Float32Array(tokens.length).fill(1) },
          ],
        })),
        { type: 'cross-entropy', aggregation: 'token-mean' },
        signal,
      )
      .catch((error: unknown) => (signal?.aborted ? undefined : explain(error)));
    if (forward === undefined) break;
    const learningRate = supervisedRateAt(config, state.step + 1);
    const { beta1, beta2, epsilon, weightDecay, gradientClip } = config.optimizer;
    const adam = { learningRate, beta1, beta2, epsilon, weightDecay, gradientClip };
    const { gradientNorm } = await engine.optimStep(adam).catch(explain);
    state.step += 1;
    state.position = drawn.position;
    const metrics: SupervisedMetrics = {
      ...state,
      loss: forward.loss,
      samples: examples.length,
      tokens: forward.tokens,
      overlong: drawn.overlong + long,
      unpaid,
      learningRate,
      gradientNorm,
    };
    await run.appendMetrics(metrics);
    if (state.step % (config.checkpoint.every ?? 5) === 0 || state.step === steps) await save();
    const seconds = Math.round(performance.now() - start) / 1000;
    await run.appendTimings({ step: state.step, total: seconds });
    emit({ type: 'supervised-step-end', metrics, seconds });
  }
  const interrupted = state.step < steps;
  if (interrupted) await save();
  emit({ type: 'training-end', step: state.step, interrupted });
  return { step: state.step, interrupted };
}

/** Whether the reward reads the gold out of the response that states it: what it does not read, no policy should learn. */
function isPaid({ sample }: TokenizedSample, options: DemonstrationOptions): boolean {
  const { status, score } = scoreResponse(sample.reward, demonstration(sample, options), options.profile);
  return status === 'ok' && score >= 0.5;
}

/** The prompts with their responses, without those too long for the policy and those that earn nothing. @throws InputError when none is left. */
async function demonstrations({ tokenizer, config }: TrainOptions, prompts: readonly TokenizedSample[]) {
  const options = { profile: config.profile, rationale: config.sft.rationale };
  const paid = prompts.filter((prompt) => isPaid(prompt, options));
  const all = await Promise.all(
    paid.map(async (prompt) => ({ ...prompt, tokens: await demonstrationTokens(tokenizer, prompt, options) })),
  );
  const examples = all.filter(({ tokens }) => tokens.length <= config.rollout.maxTokens);
  if (examples.length > 0)
    return { examples, unpaid: prompts.length - paid.length, long: paid.length - examples.length };
  if (paid.length === 0)
    throw new InputError(
      'golds-unpaid',
      `None of ${prompts.length} gold answers earns its reward when it is written out.`,
      'See which and why: golongrl data validate.',
    );
  throw new InputError(
    'responses-too-long',
    `Every response of ${paid.length} samples is longer than rollout.maxTokens, ${config.rollout.maxTokens}.`,
    'Raise rollout.maxTokens, or set sft.rationale to false.',
  );
}

/** The learning rate of `sft`, on the schedule of `optimizer`. */
const supervisedRateAt = ({ optimizer, sft }: TrainingConfig, step: number): number =>
  learningRateAt(
    { steps: sft.steps, optimizer: { ...optimizer, learningRate: sft.learningRate, warmupSteps: sft.warmupSteps } },
    step,
  );
