/**
 * @file How fast this policy is on this machine, measured for about a second: prompts taken in, responses drawn and scored, a batch
 * trained on. The engine is afterwards as it was before.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Tokenizer } from '../engine/tokenizer.ts';
import { random } from '../random.ts';
import { type Group, hasVariance, isJudgeable, sampleGroups, type TokenizedSample } from '../rollouts/group.ts';
import type { TrainingConfig } from '../training/config.ts';
import { lossSpec, trajectories } from '../training/policy-step.ts';
import { forwardFlops, type ModelShape } from './model-shape.ts';

/** FLOPs a second are those of forward passes over the tokens in question. */
export interface EngineSpeed {
  readonly prefill: number;
  readonly decoding: number;
  /** Of forward passes that are trained through: the pass back is in the seconds. */
  readonly training: number;
  /** Seconds that the reward of a response takes. */
  readonly scoring: number;
  /** Mean tokens of a response. */
  readonly responseTokens: number;
  /** Groups tried, and those whose rewards differ. */
  readonly groups: number;
  readonly differing: number;
}

/** What is measured: `prompts` are some of those that will be trained on. */
export interface MeasureOptions {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly config: TrainingConfig;
  readonly shape: ModelShape;
  readonly prompts: readonly TokenizedSample[];
  /** After so many no larger batch is tried; default 1. */
  readonly seconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Prompts of the first and the largest batch. */
const [fewest, most] = [2, 16] as const;
/** What opens the graphs. */
const opening = { group: 2, maxTokens: 4 } as const;

/** `count` prompts of all lengths alike. */
function spread(prompts: readonly TokenizedSample[], count: number): TokenizedSample[] {
  const sorted = prompts.toSorted((a, b) => a.prompt.length - b.prompt.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor(((i + 0.5) / count) * sorted.length)]).filter(
    (one) => one !== undefined,
  );
}

const secondsSince = (start: number): number => (performance.now() - start) / 1000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function prefillSeconds({ engine, tokenizer, signal }: MeasureOptions, prompts: readonly TokenizedSample[]) {
  const start = performance.now();
  await engine.sample({
    prompts: prompts.map(({ prompt }) => prompt),
    rolloutsPerPrompt: 1,
    maxTokens: 1,
    temperature: 1,
    stopTokens: tokenizer.stopTokens,
    seeds: prompts.map((_, i) => i),
    ...(signal && { signal }),
  });
  return secondsSince(start);
}

async function trainingSeconds({ engine, config, signal }: MeasureOptions, groups: readonly Group[]): Promise<number> {
  const rollouts = groups.flatMap((group) => group.rollouts);
  // Any that are not 0: what has none is left out of the work.
  const advantageOf = new Map(rollouts.map((rollout, i) => [rollout, i % 2 === 0 ? 1 : -1]));
  const start = performance.now();
  await engine.forwardBackward(trajectories(groups, advantageOf), lossSpec(config, rollouts.length), signal);
  const { gradientClip, ...adam } = config.optimizer;
  await engine.optimStep({ ...adam, gradientClip });
  return secondsSince(start);
}

async function measureWith(options: MeasureOptions, prompts: readonly TokenizedSample[]): Promise<EngineSpeed> {
  const { engine, tokenizer, config, shape, signal } = options;
  const { group, maxTokens, temperature, topP, topK, minP, stop } = config.rollout;
  const prefill = await prefillSeconds(options, prompts);
  const seeds = prompts.map(({ sample }) => random(config.seed, 'measure', sample.id).uint32());
  const { groups, sampling, scoring } = await sampleGroups({
    ...{ engine, tokenizer, prompts, seeds, rollouts: group, profile: config.profile, signal },
    ...{ maxTokens, temperature, topP, topK, minP, stop },
  });
  const training = await trainingSeconds(options, groups);
  const prompted = sum(groups.map(({ prompt }) => forwardFlops(shape, 0, prompt.length)));
  const lengths = groups.flatMap(({ rollouts }) => rollouts.map(({ completion }) => completion.tokens.length));
  const drawn = sum(
    groups.flatMap(({ prompt: { length }, rollouts }) =>
      rollouts.map(({ completion }) => forwardFlops(shape, length, length + completion.tokens.length)),
    ),
  );
  return {
    prefill: prompted / prefill,
    decoding: drawn / Math.max(0.1 * sampling, sampling - prefill),
    training: (prompted + drawn) / training,
    scoring: scoring / lengths.length,
    responseTokens: sum(lengths) / lengths.length,
    groups: groups.length,
    differing: groups.filter((one) => isJudgeable(one) && hasVariance(one)).length,
  };
}

/**
 * The speed at the largest batch that about a second allows, once a tiny one has opened what is opened at the first use.
 *
 * @throws what the engine throws.
 */
export async function measureEngine(options: MeasureOptions): Promise<EngineSpeed> {
  const { config, prompts, seconds = 1 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'golongrl-measure-'));
  const kept = await options.engine.save(join(folder, 'start'));
  try {
    await measureWith(
      { ...options, config: { ...config, rollout: { ...config.rollout, ...opening } } },
      spread(prompts, 1),
    );
    const start = performance.now();
    let speed = await measureWith(options, spread(prompts, fewest));
    for (let count = 2 * fewest; count <= most && secondsSince(start) < seconds; count *= 2)
      speed = await measureWith(options, spread(prompts, count));
    return speed;
  } finally {
    await options.engine.load(kept);
    await rm(folder, { recursive: true, force: true });
  }
}
