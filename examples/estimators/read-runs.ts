/** @file The runs of `run.ts` as the report needs them: evaluations before and after, and how large the advantages of each task were. */
import { join } from 'node:path';
import type { EstimatorName } from '../../src/advantages/index.ts';
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

/** A seed of a setting whose runs of all estimators are complete. */
export interface FinishedSeed {
  readonly seed: number;
  readonly runs: Readonly<Record<EstimatorName, FinishedRun>>;
}

interface GroupLine {
  readonly task: TaskId;
  readonly rollouts: readonly { readonly advantage?: number }[];
}

/** Rollouts that were not trained on have no advantage and do not count. */
function scalesOf(groups: readonly GroupLine[]): StepScales {
  const squares = new Map<TaskId, number[]>();
  for (const { task, rollouts } of groups) {
    const own = rollouts.flatMap(({ advantage }) => (advantage === undefined ? [] : [advantage ** 2]));
    if (own.length > 0) squares.set(task, [...(squares.get(task) ?? []), ...own]);
  }
  const root = (values: readonly number[]) => Math.sqrt(values.reduce((a, b) => a + b, 0) / values.length);
  return Object.fromEntries([...squares].map(([task, values]) => [task, root(values)]));
}

async function readRun(run: RunDirectory): Promise<FinishedRun> {
  const steps = (await run.readMetrics()).map(({ step }) => step);
  const scales: StepScales[] = [];
  for (const step of steps) scales.push(scalesOf((await run.readRollouts(step)) as GroupLine[]));
  const rows = async (name: string) => (await run.readEvaluation(`${name}-sampled`)) as EvaluationRow[];
  return { before: await rows('before'), after: await rows('after'), scales };
}

/** Seeds of which a run is missing are left out, so that every comparison is over the same ones. */
export async function readSeeds(out: string, setting: SettingName, seeds: readonly number[]): Promise<FinishedSeed[]> {
  const finished: FinishedSeed[] = [];
  for (const seed of seeds) {
    const runs = compared.map((name) => [name, new RunDirectory(join(out, runName(setting, seed, name)))] as const);
    const complete = await Promise.all(runs.map(([, run]) => run.hasEvaluation('after-sampled')));
    if (complete.includes(false)) continue;
    const read = await Promise.all(runs.map(async ([name, run]) => [name, await readRun(run)] as const));
    finished.push({ seed, runs: Object.fromEntries(read) as FinishedSeed['runs'] });
  }
  return finished;
}
