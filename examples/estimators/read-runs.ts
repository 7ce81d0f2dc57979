/** @file The runs of `run.ts` as the report needs them: evaluations before and after, and how large the advantages of each task were. */
import { join } from 'node:path';
import { advantages, type EstimatorName } from '../../src/advantages/index.ts';
import type { EvaluationRow } from '../../src/evaluation/index.ts';
import { RunDirectory } from '../../src/runs/run-directory.ts';
import type { TaskId } from '../../src/tasks/index.ts';
import { compared, runName, type SettingName } from './settings.ts';

/** Of one step: root mean square of the advantages of each task's rollouts. */
export type StepScales = Partial<Record<TaskId, number>>;

export interface FinishedRun {
  readonly before: readonly EvaluationRow[];
  readonly after: readonly EvaluationRow[];
  /** One entry a step. */
  readonly scales: readonly StepScales[];
}

/** The steps of one run of each estimator. */
export type ScalesByEstimator = ReadonlyMap<EstimatorName, readonly StepScales[]>;

/** A seed of a setting whose runs of all estimators are complete. */
export interface FinishedSeed {
  readonly seed: number;
  readonly runs: Readonly<Record<EstimatorName, FinishedRun>>;
}

interface GroupLine {
  readonly task: TaskId;
  readonly use: string;
  readonly reward: { readonly metric: string };
  readonly rollouts: readonly { readonly score: number; readonly status: string }[];
}

/** The advantages that an estimator makes of the rewards of one step's trained groups. */
function scalesOf(groups: readonly GroupLine[], estimator: EstimatorName): StepScales {
  const rollouts = groups
    .filter(({ use }) => use === 'trained')
    .flatMap((group, x) =>
      group.rollouts.filter(({ status }) => status === 'ok').map(({ score }) => ({ ...group, x, score })),
    );
  const batch = {
    rewards: rollouts.map(({ score }) => score),
    prompts: rollouts.map(({ x }) => x),
    tasks: rollouts.map(({ reward }) => reward.metric),
  };
  const values = advantages(estimator, batch).advantages;
  const squares = new Map<TaskId, number[]>();
  for (const [d, { task }] of rollouts.entries()) {
    const own = squares.get(task) ?? [];
    own.push((values[d] ?? 0) ** 2);
    squares.set(task, own);
  }
  const root = (list: readonly number[]) => Math.sqrt(list.reduce((a, b) => a + b, 0) / list.length);
  return Object.fromEntries([...squares].map(([task, list]) => [task, root(list)]));
}

/** Of every step of a run, with the rewards that it drew; its own estimator, or another for comparison. */
async function readScales(run: RunDirectory, estimator: EstimatorName): Promise<StepScales[]> {
  const scales: StepScales[] = [];
  for (const { step } of await run.readMetrics())
    scales.push(scalesOf((await run.readRollouts(step)) as GroupLine[], estimator));
  return scales;
}

async function readRun(run: RunDirectory, estimator: EstimatorName): Promise<FinishedRun> {
  const rows = async (name: string) => (await run.readEvaluation(`${name}-sampled`)) as EvaluationRow[];
  return { before: await rows('before'), after: await rows('after'), scales: await readScales(run, estimator) };
}

/** Seeds of which a run is missing are left out, so that every comparison is over the same ones. */
export async function readSeeds(out: string, setting: SettingName, seeds: readonly number[]): Promise<FinishedSeed[]> {
  const finished: FinishedSeed[] = [];
  for (const seed of seeds) {
    const runs = compared.map((name) => [name, new RunDirectory(join(out, runName(setting, seed, name)))] as const);
    const complete = await Promise.all(runs.map(([, run]) => run.hasEvaluation('after-sampled')));
    if (complete.includes(false)) continue;
    const read = await Promise.all(runs.map(async ([name, run]) => [name, await readRun(run, name)] as const));
    finished.push({ seed, runs: Object.fromEntries(read) as FinishedSeed['runs'] });
  }
  return finished;
}

/** What all estimators make of the rewards of the first GRPO run that is complete: the figure, where no seed is. */
export async function readShared(
  out: string,
  setting: SettingName,
  seeds: readonly number[],
): Promise<ScalesByEstimator | undefined> {
  for (const seed of seeds) {
    const run = new RunDirectory(join(out, runName(setting, seed, 'grpo')));
    if (!(await run.hasEvaluation('after-sampled'))) continue;
    const read = await Promise.all(compared.map(async (name) => [name, await readScales(run, name)] as const));
    return new Map(read);
  }
  return undefined;
}
