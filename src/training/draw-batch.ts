/**
 * @file The groups of one step: prompts from the seeded order, rollouts, rewards, and dynamic sampling (DAPO): groups whose
 * rewards do not differ are dropped and refilled. A group without a verdict, or whose gold nobody can judge, is dropped always. The reference draws a whole generation batch again; here a refill draws
 * about as many prompts as are missing at the keep rate seen so far.
 */
import type { Engine, SampleEvent } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { EngineError, InputError } from '../errors.ts';
import { random } from '../random.ts';
import {
  type Group,
  hasVariance,
  isJudgeable,
  promptEncoder,
  type SampleGroupsOptions,
  sampleGroups,
  type TokenizedSample,
} from '../rollouts/group.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from './config.ts';
import { promptOrder } from './prompt-order.ts';

/** What stays the same for all draws of a run. */
export interface DrawOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly config: TrainingConfig;
  readonly samples: readonly Sample[];
  readonly signal?: AbortSignal | undefined;
}

/** How far the rollouts of a draw are. */
export interface SamplingProgress {
  readonly ended: number;
  readonly total: number;
  /** Drawn so far. */
  readonly tokens: number;
}

/**
 * `count` prompts from `position` on. The `position` that it gives is where the next draw starts; `overlong` counts
 * prompts passed over.
 */
export type Draw = (
  position: number,
  count: number,
) => Promise<{ prompts: TokenizedSample[]; positions: number[]; position: number; overlong: number }>;

/** Draws prompts from the seeded order, passing over those that do not fit the context. */
export async function promptDrawer({ engine, tokenizer, samples, config }: DrawOptions): Promise<Draw> {
  const { maxContext } = await engine.info();
  const limit = Math.min(config.data.maxPromptTokens, maxContext - config.rollout.maxTokens);
  if (limit < 1) {
    throw new InputError(
      'context-too-small',
      `rollout.maxTokens: got ${config.rollout.maxTokens}, expected less than the policy's context of ${maxContext} tokens.`,
    );
  }
  const at = promptOrder(samples, config.seed, config.data.order);
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
          `Every training prompt is longer than ${limit} tokens, which is what the context of the policy, rollout.maxTokens and data.maxPromptTokens leave.`,
          'Build shorter prompts (data build --lengths), lower rollout.maxTokens, or choose another data.rendering or policy.',
        );
      }
      next += 1;
    }
    return { prompts, positions, position: next, overlong };
  };
}

/** The groups of one step. */
export interface Batch {
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
export async function drawBatch(
  options: DrawOptions & {
    /** What to do when the engine fails over these prompts. */
    readonly explain: (prompts: readonly TokenizedSample[]) => (error: unknown) => Promise<never>;
    readonly onSampling?: ((progress: SamplingProgress) => void) | undefined;
  },
  draw: Draw,
  start: number,
): Promise<Batch> {
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
  while ((draws === 0 || kept.length < wanted * config.dynamicSampling.enough) && draws < maxDraws) {
    const next = await draw(position, draws === 0 ? firstDraw : refillSize(wanted, kept.length, drawn.length));
    const request = {
      engine,
      tokenizer,
      rollouts: config.rollout.group,
      maxTokens: config.rollout.maxTokens,
      temperature: config.rollout.temperature,
      topP: config.rollout.topP,
      topK: config.rollout.topK,
      minP: config.rollout.minP,
      stop: config.rollout.stop,
      onEvent: options.onSampling && samplingCounter(next.prompts.length * config.rollout.group, options.onSampling),
      profile: config.profile,
      signal,
    };
    const seeds = next.positions.map((at) => random(config.seed, 'rollout', at).uint32());
    const result = await sampleGroups({ ...request, prompts: next.prompts, seeds }).catch(async (error: unknown) =>
      options.explain(next.prompts)(await namingPrompt(error, { ...request, prompts: next.prompts, seeds })),
    );
    drawn.push(...result.groups);
    const usable = result.groups.filter(isJudgeable);
    kept.push(...usable.filter((group) => !config.dynamicSampling.enabled || hasVariance(group)));
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

function samplingCounter(total: number, report: (progress: SamplingProgress) => void): (event: SampleEvent) => void {
  let ended = 0;
  let drawn = 0;
  let complete = 0;
  return (event) => {
    if (event.type === 'tokens-drawn') drawn += event.tokens.length;
    if (event.type === 'rollout-end') {
      ended += 1;
      complete += event.completion.tokens.length;
    }
    // A server tells of whole rollouts only.
    report({ ended, total, tokens: Math.max(drawn, complete) });
  };
}

/**
 * An error about numbers that are not finite, with the prompt that it comes from: engines sample many prompts together, so
 * they are tried one by one.
 */
async function namingPrompt(error: unknown, request: SampleGroupsOptions): Promise<unknown> {
  if (!(error instanceof EngineError) || error.code !== 'not-finite') return error;
  for (const [p, prompt] of request.prompts.entries()) {
    const alone = await sampleGroups({ ...request, prompts: [prompt], seeds: request.seeds.slice(p, p + 1) }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (alone instanceof EngineError && alone.code === 'not-finite')
      return new EngineError(
        alone.code,
        `${alone.message} Prompt ${p} of the draw, sample ${prompt.sample.id}.`,
        alone.hint,
      );
  }
  return error;
}

/** Prompts to draw for the missing groups at the keep rate seen so far, at most a whole batch. */
function refillSize(wanted: number, kept: number, drawn: number): number {
  const keepRate = Math.max(kept / drawn, 0.1);
  return Math.min(wanted, Math.ceil((wanted - kept) / keepRate));
}
