/**
 * @file What a run will take on this machine, from what was measured of its engine, and how many steps fit into the time that there is.
 */
import type { TrainingConfig } from '../training/config.ts';
import type { EngineSpeed } from './measure-engine.ts';
import { forwardFlops, type ModelShape } from './model-shape.ts';

/** Seconds by what they go into; part of run.json, where the outcome stands beside it. */
export interface RunPlan {
  /** Spent before the plan: documents, dataset, opening the engine. */
  readonly setup: number;
  /** All evaluations, before and after. */
  readonly evaluation: number;
  readonly step: number;
  /** Floors and report. */
  readonly rest: number;
  /** With the steps that are taken. */
  readonly total: number;
  /** Steps that are taken, and that were asked for. */
  readonly steps: number;
  readonly asked: number;
  /** Seconds that the whole may take; absent: whatever it takes. */
  readonly budget?: number | undefined;
}

/** Tokens of the prompts that are trained on (some of them) and evaluated (all of them). */
export interface PlanRunOptions {
  readonly config: TrainingConfig;
  readonly shape: ModelShape;
  readonly speed: EngineSpeed;
  readonly trainTokens: readonly number[];
  readonly heldoutTokens: readonly number[];
  readonly setup: number;
  readonly budget?: number | undefined;
}

/** With fewer steps a run has trained nothing: they are taken whatever time there is. */
const leastSteps = 4;
/** Floors and report: seconds, of which most are theirs whatever the sizes. */
const restSeconds = 6;
/** Part of the time that is planned with: machines have other things to do as well. */
const planned = 0.95;
/** Share of groups whose rewards differ, where nothing is known, and how many groups that counts as. */
const usualShare = { share: 0.7, groups: 8 } as const;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Seconds to answer prompts: each taken in `passes` times, with `responses` responses in all. */
function answering(
  { shape, speed }: Pick<PlanRunOptions, 'shape' | 'speed'>,
  tokens: readonly number[],
  { passes, responses }: { readonly passes: number; readonly responses: number },
): number {
  const { prefill, decoding, scoring, responseTokens } = speed;
  const prompted = sum(tokens.map((length) => forwardFlops(shape, 0, length)));
  const drawn = sum(tokens.map((length) => forwardFlops(shape, length, length + responseTokens)));
  return (passes * prompted) / prefill + (responses * drawn) / decoding + responses * tokens.length * scoring;
}

/** Groups that a step draws and trains on, as dynamic sampling goes on average. */
function groupsOfStep({ rollout, dynamicSampling }: TrainingConfig, { groups, differing }: EngineSpeed) {
  const { enabled, draw, enough, maxDraws } = dynamicSampling;
  if (!enabled) return { drawn: rollout.prompts, trained: rollout.prompts };
  const share = (differing + usualShare.share * usualShare.groups) / (groups + usualShare.groups);
  const most = rollout.prompts * (draw + maxDraws - 1);
  const drawn = Math.min(most, Math.max(rollout.prompts * draw, (rollout.prompts * enough) / share));
  return { drawn, trained: Math.min(rollout.prompts, drawn * share) };
}

function stepSeconds(options: PlanRunOptions): number {
  const { config, shape, speed, trainTokens } = options;
  const { drawn, trained } = groupsOfStep(config, speed);
  const { group } = config.rollout;
  const n = Math.max(1, trainTokens.length);
  const sampling = answering(options, trainTokens, { passes: 1, responses: group }) / n;
  const flops = trainTokens.map(
    (length) => forwardFlops(shape, 0, length) + group * forwardFlops(shape, length, length + speed.responseTokens),
  );
  return drawn * sampling + (trained * sum(flops)) / n / speed.training;
}

/** Lowers the number of steps, never the questions that are evaluated. */
export function planRun(options: PlanRunOptions): RunPlan {
  const { config, heldoutTokens, setup, budget } = options;
  const { greedy, rollouts } = config.evaluation;
  const modes = { passes: greedy ? 2 : 1, responses: rollouts + (greedy ? 1 : 0) };
  const evaluation = 2 * answering(options, heldoutTokens, modes);
  const step = stepSeconds(options);
  const fixed = setup + evaluation + restSeconds;
  const fitting = budget === undefined ? config.steps : Math.floor((planned * budget - fixed) / step);
  const steps = Math.min(config.steps, Math.max(leastSteps, fitting));
  const total = fixed + steps * step;
  return { setup, evaluation, step, rest: restSeconds, total, steps, asked: config.steps, budget };
}

/** @example secondsText(236.4) // '236 s' */
export const secondsText = (seconds: number): string =>
  seconds < 10
    ? `${seconds.toFixed(1)} s`
    : seconds < 600
      ? `${Math.round(seconds)} s`
      : `${Math.round(seconds / 60)} min`;

/** @example runPlanText(plan) // '236 s in all: 15 s so far, evaluations 42 s, 76 steps of 2.3 s' */
export function runPlanText({ evaluation, step, total, steps, asked, budget = total, setup }: RunPlan): string {
  const parts = `${secondsText(total)} in all: ${secondsText(setup)} so far, evaluations ${secondsText(evaluation)}, ${steps} steps of ${secondsText(step)}`;
  if (steps === asked) return parts;
  const whole = `${asked} steps would make it ${secondsText(total + (asked - steps) * step)}`;
  const limit =
    total > budget
      ? `with ${steps} it is still over ${secondsText(budget)}: questions are never left out`
      : `${steps} fit into ${secondsText(budget)}`;
  return `${parts}. Fewer steps than ${asked}: ${whole}, ${limit}. --steps ${asked} takes them all`;
}
