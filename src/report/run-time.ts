/**
 * @file Where the time of a run went, what limits it, and what it took beside what was planned. All sittings count; of one that was killed
 * its steps alone are known.
 */
import { percent } from '../format.ts';
import { secondsText } from '../planning/run-plan.ts';
import type { RunView } from './read-run.ts';

/** Seconds. */
export interface RunTime {
  /** Documents and dataset. */
  readonly dataset: number;
  readonly evaluation: number;
  readonly sampling: number;
  /** Loss, gradient, optimizer. */
  readonly training: number;
  /** Rewards of the rollouts of training; those of evaluations are in these. */
  readonly scoring: number;
  /** Rollouts, metrics, checkpoints. */
  readonly writing: number;
  /** Opening and measuring the engine, blind floors, evaluations while training, the report. */
  readonly other: number;
  readonly total: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Of all sittings together, by stage. */
function stageSeconds({ facts }: RunView): Readonly<Record<string, number>> {
  const sittings = facts.sittings ?? [{ seconds: facts.seconds ?? {} }];
  const names = new Set(sittings.flatMap(({ seconds }) => Object.keys(seconds)));
  return Object.fromEntries([...names].map((name) => [name, sum(sittings.map(({ seconds }) => seconds[name] ?? 0))]));
}

/** Steps that were done again after a kill count once. */
export function runTime(view: RunView): RunTime {
  const { corpus = 0, dataset = 0, before = 0, training: steps = 0, after = 0, ...others } = stageSeconds(view);
  const of = (part: 'sampling' | 'scoring' | 'training' | 'optimizer' | 'writing'): number =>
    sum(view.timings.map((row) => row[part] ?? 0));
  const parts = {
    dataset: corpus + dataset,
    evaluation: before + after,
    sampling: of('sampling'),
    training: of('training') + of('optimizer'),
    scoring: of('scoring'),
    writing: of('writing'),
  };
  const timed = sum(view.timings.map(({ total }) => total));
  const inSteps = parts.sampling + parts.training + parts.scoring + parts.writing;
  const between = (view.facts.sittings ?? []).map(({ seconds, wall = 0 }) => wall - sum(Object.values(seconds)));
  const other =
    sum(Object.values(others)) +
    Math.max(0, Math.max(steps, timed) - inSteps) +
    sum(between.map((seconds) => Math.max(0, seconds)));
  return { ...parts, other, total: sum(Object.values(parts)) + other };
}

const remedies = {
  dataset: 'a dataset that is there already (golongrl train) needs none of it',
  evaluation: 'fewer held-out questions would shorten it, and widen every interval',
  sampling:
    'more cores or a device, fewer rollouts (rollout.group) or shorter responses (rollout.maxTokens) would shorten it',
  training: 'more cores or a device, or fewer groups in a step (rollout.prompts) would shorten it',
  scoring: 'it is the rewards that take long, not the policy',
  writing: 'it is the disk that takes long: checkpoint.every saves less often',
} as const;

/** One sentence on what takes most of the run's time; undefined where nothing was timed. */
export function limitOf(time: RunTime): string | undefined {
  const parts = (Object.keys(remedies) as (keyof typeof remedies)[]).sort((a, b) => time[b] - time[a]);
  const [first] = parts;
  if (first === undefined || time[first] <= 0) return undefined;
  const names = { dataset: 'building the dataset', training: 'loss and gradient' } as Partial<Record<string, string>>;
  const what = names[first] ?? first;
  return `Most of the time is ${what}, ${percent(time[first] / time.total)} of it: ${remedies[first]}.`;
}

/** What was planned beside what came of it, in seconds. */
export interface PlannedTime {
  readonly planned: number;
  readonly took: number;
}

/** The whole, evaluations, and the mean step. */
export interface PlanOutcome {
  readonly total: PlannedTime;
  readonly evaluation: PlannedTime;
  readonly step: PlannedTime;
  readonly steps: number;
  /** Steps that were asked for; more than `steps` where they did not fit into `budget`. */
  readonly asked: number;
  readonly budget?: number | undefined;
}

/** Undefined where nothing was planned or the run is not over. */
export function planOutcome(view: RunView): PlanOutcome | undefined {
  const { plan } = view.facts;
  if (plan === undefined || view.record.status !== 'done') return undefined;
  const time = runTime(view);
  const mean = sum(view.timings.map(({ total }) => total)) / Math.max(1, view.timings.length);
  return {
    total: { planned: plan.total, took: time.total },
    evaluation: { planned: plan.evaluation, took: time.evaluation },
    step: { planned: plan.step, took: mean },
    steps: plan.steps,
    asked: plan.asked,
    budget: plan.budget,
  };
}

/** Both in a sentence or two. */
export function planOutcomeText({ total, evaluation, step, steps, asked, budget }: PlanOutcome): string {
  const both = ({ planned, took }: PlannedTime): string => `${secondsText(took)} (planned ${secondsText(planned)})`;
  const fewer =
    steps < asked && budget !== undefined
      ? ` ${steps} of ${asked} steps were taken, so that the whole would stay within ${secondsText(budget)}.`
      : '';
  const over =
    budget !== undefined && total.took > budget ? ` It took longer than the ${secondsText(budget)} it had.` : '';
  return `${both(total)} in all: evaluations ${both(evaluation)}, a step ${both(step)}.${fewer}${over}`;
}

/** @example runTimeText(time) // 'sampling 116 s, training 62 s, evaluation 42 s, ...' */
export const runTimeText = (time: RunTime): string =>
  Object.entries(time)
    .filter(([name, seconds]) => name !== 'total' && seconds >= 0.05)
    .sort(([, a], [, b]) => b - a)
    .map(([name, seconds]) => `${name} ${secondsText(seconds)}`)
    .join(', ');
