/**
 * @file The quickstart: real documents in, a better policy and a report out. Corpus (P1), assignment and construction
 * (P2, P3), refinement (P4), then the experiment: evaluation, RL, evaluation, report.
 */

import type { DocumentSettings } from '../build/select-documents.ts';
import type { DatasetSizes } from '../construction/plan.ts';
import { UsageError } from '../errors.ts';
import { type OnExperimentEvent, type Stage, stage } from '../runs/events.ts';
import { type IfExists, inRunDirectory, type OpenedRun, RunDirectory } from '../runs/run-directory.ts';
import { versions } from '../runs/versions.ts';
import { loadSamples } from '../samples/load-samples.ts';
import { taskIds } from '../tasks/task.ts';
import type { TrainingConfig } from '../training/config.ts';
import { completeConfig, formatConfig, merge, parseConfig } from '../training/parse-config.ts';
import { findFloors } from './find-floors.ts';
import { finish } from './finish-run.ts';
import { modelFolder } from './model-folder.ts';
import type { OpenEngine } from './open-engine.ts';
import { planQuickstart } from './plan-quickstart.ts';
import { buildQuickstartDataset, type DatasetFacts, datasetFiles } from './quickstart-dataset.ts';
import { type ExperimentResult, runExperiment } from './run-experiment.ts';

/** `out` is the run directory; `openEngine` takes the place of the embedded engine. */
export interface QuickstartOptions {
  readonly out: string;
  readonly ifExists?: IfExists | undefined;
  /** Asked where `out` holds a run and `ifExists` says nothing. */
  readonly ask?: ((path: string) => Promise<IfExists>) | undefined;
  readonly sizes: DatasetSizes;
  /** The user's documents, by their absolute path; those that come with the package where they are not named. */
  readonly documents?: DocumentSettings | undefined;
  /** Seconds that the whole may take: fewer steps are taken where the plan needs more. Absent: as many as the configuration says. */
  readonly budget?: number | undefined;
  /** When this process began with it, by `performance.now()`; default: now. */
  readonly begun?: number | undefined;
  /** Changes to the configuration of the micro policy, nested as in the schema. */
  readonly change: Record<string, unknown>;
  readonly onEvent: OnExperimentEvent;
  readonly signal?: AbortSignal | undefined;
  readonly openEngine?: OpenEngine | undefined;
}

/** What the run came to, interrupted or not. */
export interface QuickstartResult extends ExperimentResult {
  readonly run: RunDirectory;
  readonly dataset: DatasetFacts;
  /** Path of the report; absent when interrupted. */
  readonly report?: string;
}

/** The configuration of a quickstart: the preset `micro` on the dataset inside the run directory. */
export function quickstartConfig(change: Record<string, unknown>): TrainingConfig {
  const preset = change.model === 'reader' ? 'reader' : 'micro';
  const base = { model: 'micro', preset, data: { ...datasetFiles, rendering: 'short' } };
  return completeConfig(merge(base, change));
}

/** Seconds that a quickstart may take, and one with `--long`. */
export const quickstartBudget = 300;
const longBudget = 3000;

/** Times the questions, and times the steps at most. */
const longer = { questions: 3, steps: 10 } as const;

/** What a quickstart is that has the better part of an hour; what the change says already stays. */
export function longQuickstart({ sizes, change }: Pick<QuickstartOptions, 'sizes' | 'change'>) {
  const heldout = longer.questions * sizes.heldout;
  const { steps } = quickstartConfig(change);
  const base = { steps: longer.steps * steps, evaluation: { samplesPerTask: Math.floor(heldout / taskIds.length) } };
  return {
    sizes: { ...sizes, train: longer.questions * sizes.train, heldout },
    change: merge(base, change),
    budget: longBudget,
  };
}

/** Runs everything. A resumed run takes its configuration and sizes from the directory. */
export async function quickstart(options: QuickstartOptions): Promise<QuickstartResult> {
  const fresh = quickstartConfig(options.change);
  // A missing policy must not leave an empty run behind; a resumed run names its own.
  if (options.ifExists !== 'resume') await modelFolder(fresh.model);
  const { out: path, ifExists, ask } = options;
  if (ifExists === 'resume' && !(await new RunDirectory(path).hasConfig())) throw nothingToResume(path);
  return await inRunDirectory({ path, kind: 'quickstart', ifExists, ask, versions: versions() }, (opened) =>
    quickstartIn(opened, options, fresh),
  );
}

/** The settings of what a kill ended so early are lost, and those of a quickstart without flags are others. */
const nothingToResume = (path: string): UsageError =>
  new UsageError(
    'nothing-to-resume',
    `--resume ${path}: holds no quickstart that could be resumed.`,
    'Run it without --resume, or with --overwrite where a kill left something.',
  );

async function quickstartIn(
  { run, resumed }: OpenedRun,
  options: QuickstartOptions,
  fresh: TrainingConfig,
): Promise<QuickstartResult> {
  const { begun = performance.now() } = options;
  if (!resumed || !(await run.hasConfig())) {
    const { sizes, documents = {}, budget } = options;
    await run.update({ facts: { sizes, documents, budget } });
    await run.writeConfig(formatConfig(fresh));
  }
  const config = parseConfig(await run.readConfig(), { file: run.file('config.yaml') });
  const { facts } = await run.readRecord();
  const sizes = facts.sizes as DatasetSizes;
  const documents = (facts.documents ?? {}) as DocumentSettings;
  const seconds: Partial<Record<Stage, number>> = {};
  const context = { onEvent: options.onEvent, seconds };

  const dataset = await buildQuickstartDataset({ run, documents, sizes, seed: config.seed, context });
  const load = (path: string | undefined) =>
    loadSamples(run.file(path ?? ''), { rendering: config.data.rendering, tasks: config.data.tasks });
  const model = await modelFolder(config.model);
  const [train, heldout] = [await load(config.data.train), await load(config.data.heldout)];
  const { onEvent, signal } = options;
  const budget = facts.budget as number | undefined;
  const experiment = await runExperiment({
    config,
    run,
    resume: resumed,
    model,
    train,
    heldout,
    onEvent,
    signal,
    seconds,
    openEngine: options.openEngine,
    plan: (opened, inStage) => planQuickstart({ run, config, model, train, budget, begun, signal }, opened, inStage),
  });
  if (experiment.interrupted) return { ...experiment, run, dataset };
  await findFloors({ run, config, train, heldout, context });
  const report = await stage('report', context, async () => {
    const value = await finish(run, seconds, (performance.now() - begun) / 1000);
    return { value, summary: value };
  });
  return { ...experiment, seconds, run, dataset, report };
}
