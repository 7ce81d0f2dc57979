/**
 * @file From scored groups to the engine's batch and loss: advantages by task, the policy-gradient objective, learning rate.
 */
import { advantages } from '../advantages/registry.ts';
import type { Engine, LossSpec, TrajectoryGroup } from '../engine/engine.ts';
import { UsageError } from '../errors.ts';
import { random } from '../random.ts';
import { type Group, judged, type ScoredRollout } from '../rollouts/group.ts';
import type { TrainingConfig } from './config.ts';

/**
 * Linear warm-up, then `optimizer.schedule` down to `optimizer.finalShare` of the rate at the last step; `step` counts
 * from 1. With t the share of the steps after the warm-up that are done: linear 1 - t, cosine (1 + cos(pi t)) / 2.
 */
export function learningRateAt(
  { optimizer, steps }: Pick<TrainingConfig, 'optimizer' | 'steps'>,
  step: number,
): number {
  const { learningRate, warmupSteps, schedule, finalShare } = optimizer;
  if (step <= warmupSteps) return learningRate * (step / warmupSteps);
  const done = (step - warmupSteps) / Math.max(1, steps - warmupSteps);
  const decay = { constant: 1, linear: 1 - done, cosine: (1 + Math.cos(Math.PI * done)) / 2 }[schedule];
  return learningRate * (schedule === 'constant' ? 1 : finalShare + (1 - finalShare) * decay);
}

/** The constant that Dr. GRPO divides by is the longest possible response times the rollouts. */
export function lossSpec({ loss, advantage, rollout }: TrainingConfig, rollouts: number): LossSpec {
  const aggregation = loss.aggregation ?? (advantage.type === 'dr-grpo' ? 'constant' : 'token-mean');
  return {
    type: loss.type,
    aggregation,
    ...(aggregation === 'constant' ? { normalizer: rollout.maxTokens * rollouts } : {}),
    clipLow: loss.clipLow,
    clipHigh: loss.clipHigh,
    dualClip: loss.dualClip,
    ratioBounds: [loss.ratioLow, loss.ratioHigh],
    ratioVeto: loss.ratioVeto,
    ...(loss.kl.coefficient > 0 ? { klCoefficient: loss.kl.coefficient, klEstimator: loss.kl.estimator } : {}),
  };
}

/** [D] rewards in another order: each task's own are permuted among all of its rollouts in the step, whatever the prompt. */
function shuffledWithin(rewards: readonly number[], tasks: readonly string[], seed: number, step: number): number[] {
  const shuffled = [...rewards];
  for (const task of new Set(tasks)) {
    const places = [...tasks.keys()].filter((d) => tasks[d] === task);
    const drawn = random(seed, 'control', step, task).shuffle(places);
    for (const [i, d] of places.entries()) shuffled[d] = rewards[drawn[i] ?? d] ?? 0;
  }
  return shuffled;
}

/** Advantage of each judged rollout of the trained groups; the task key is the reward's kind. `step` seeds a control. */
export function estimate(
  { advantage, control, seed }: Pick<TrainingConfig, 'advantage' | 'control' | 'seed'>,
  groups: readonly Group[],
  step: number,
) {
  const rolloutsD = groups.flatMap((group, p) =>
    judged(group).map((rollout) => ({ rollout, p, task: group.sample.reward.metric })),
  );
  if (rolloutsD.length === 0) return { advantageOf: new Map<ScoredRollout, number>(), meanPassRate: Number.NaN };
  const tasks = rolloutsD.map(({ task }) => task);
  const earned = rolloutsD.map(({ rollout }) => rollout.result.score);
  const rewards = control === 'shuffled-rewards' ? shuffledWithin(earned, tasks, seed, step) : earned;
  const result = advantages(
    advantage.type,
    { rewards, prompts: rolloutsD.map(({ p }) => p), tasks },
    { alpha: advantage.alpha, gamma: advantage.gamma },
  );
  const advantageOf = new Map(rolloutsD.map(({ rollout }, d) => [rollout, result.advantages[d] as number]));
  return { advantageOf, meanPassRate: result.meanPassRate };
}

/** What gives a batch the log-probabilities of the policy of the start. */
export type AddReference = (
  batch: readonly TrajectoryGroup[],
  signal: AbortSignal | undefined,
) => Promise<TrajectoryGroup[]>;

/** Undefined when the loss has no KL term. @throws UsageError when the engine cannot give what the term needs. */
export function referenceOf(engine: Engine, { loss }: TrainingConfig): AddReference | undefined {
  if (loss.kl.coefficient === 0) return undefined;
  const { logprobs } = engine;
  if (logprobs !== undefined)
    return async (batch, signal) => {
      const options = { reference: true, ...(signal ? { signal } : {}) };
      return withReference(batch, await logprobs.call(engine, batch, options));
    };
  throw new UsageError(
    'reference-unsupported',
    `loss.kl.coefficient: got ${loss.kl.coefficient}, but this engine has no log-probabilities of the policy of the start.`,
    'Set it to 0, or train with the embedded engine.',
  );
}

function withReference(batch: readonly TrajectoryGroup[], referencesPG: readonly Float32Array[][]): TrajectoryGroup[] {
  return batch.map(({ prompt, rollouts }, p) => ({
    prompt,
    rollouts: rollouts.map((rollout, g) => ({
      ...rollout,
      referenceLogprobs: referencesPG[p]?.[g] ?? new Float32Array(),
    })),
  }));
}

/** The engine's batch: each rollout's advantage spread over its tokens [R]. */
export function trajectories(
  groups: readonly Group[],
  advantageOf: ReadonlyMap<ScoredRollout, number>,
): TrajectoryGroup[] {
  return groups.map((group) => ({
    prompt: group.prompt,
    rollouts: judged(group).map((rollout) => ({
      tokens: rollout.completion.tokens,
      logprobs: rollout.completion.logprobs,
      advantages: new Float32Array(rollout.completion.tokens.length).fill(advantageOf.get(rollout) ?? 0),
    })),
  }));
}
