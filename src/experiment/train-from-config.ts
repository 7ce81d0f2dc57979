/**
 * @file A training run by a configuration, by reinforcement or supervised: the same experiment as the quickstart's, on
 * samples that exist.
 */
import { relative, resolve } from 'node:path';
import { GolongrlError } from '../errors.ts';
import type { Plan } from '../planning/plan.ts';
import { checkFits, planLine, planOfConfig, refusalOf } from '../planning/plan-of-config.ts';
import { random } from '../random.ts';
import type { OnExperimentEvent } from '../runs/events.ts';
import { stage } from '../runs/events.ts';
import { type IfExists, inRunDirectory, type OpenedRun } from '../runs/run-directory.ts';
import { versions } from '../runs/versions.ts';
import { loadSamples } from '../samples/load-samples.ts';
import type { Sample } from '../samples/sample.ts';
import type { TrainingConfig } from '../training/config.ts';
import { fineTune } from '../training/fine-tune.ts';
import { train } from '../training/loop.ts';
import { formatConfig } from '../training/parse-config.ts';
import { finish } from './finish-run.ts';
import { modelFolder } from './model-folder.ts';
import type { OpenEngine } from './open-engine.ts';
import { type ExperimentOptions, type ExperimentResult, runExperiment } from './run-experiment.ts';

/** `out` is the run directory; `ifExists` says what to do with a run that is there. */
export interface TrainFromConfigOptions {
  readonly kind: 'train' | 'sft';
  readonly out: string;
  readonly config: TrainingConfig;
  /** Folder that the paths of the configuration are relative to. */
  readonly base: string;
  /** Check everything, change nothing. */
  readonly dryRun?: boolean;
  readonly ifExists?: IfExists | undefined;
  /** Asked where the directory holds a run and `ifExists` says nothing. */
  readonly ask?: ((path: string) => Promise<IfExists>) | undefined;
  readonly onEvent: OnExperimentEvent;
  readonly signal?: AbortSignal | undefined;
  readonly openEngine?: OpenEngine | undefined;
}

/** A run without `report` was interrupted. */
export type TrainOutcome =
  | {
      readonly kind: 'dry-run';
      readonly train: number;
      readonly heldout: number;
      /** Absent where the shape of the model is unknown. */
      readonly plan?: Plan | undefined;
      /** Why the run would not start. */
      readonly refusal?: GolongrlError | undefined;
    }
  | (ExperimentResult & { readonly kind: 'run'; readonly report?: string });

/** A run that the memory cannot hold, or that would take months, is refused before its directory is made. @throws UsageError, InputError */
export async function trainFromConfig(options: TrainFromConfigOptions): Promise<TrainOutcome> {
  const { config, base, onEvent } = options;
  const model = await modelFolder(config.model, base);
  const filter = { rendering: config.data.rendering, tasks: config.data.tasks };
  const all = await loadSamples(resolve(base, config.data.train), filter);
  const samples = randomSubset(all, config).slice(0, config.data.limit);
  const heldout =
    config.data.heldout === undefined ? [] : await loadSamples(resolve(base, config.data.heldout), filter);
  const plan = options.kind === 'train' ? await planned(config, model, samples) : undefined;
  if (options.dryRun)
    return { kind: 'dry-run', train: samples.length, heldout: heldout.length, plan, refusal: plan && refusalOf(plan) };
  if (plan !== undefined) {
    checkFits(plan);
    const text = planLine(plan);
    if (text !== undefined) onEvent({ type: 'notice', text });
  }

  const { out: path, kind, ifExists, ask } = options;
  return await inRunDirectory({ path, kind, ifExists, ask, versions: versions() }, (opened) =>
    trainIn(opened, options, { model, train: samples, heldout }),
  );
}

async function trainIn(
  { run, resumed }: OpenedRun,
  options: TrainFromConfigOptions,
  policyAndSamples: Pick<ExperimentOptions, 'model' | 'train' | 'heldout'>,
): Promise<TrainOutcome> {
  const { config, base, onEvent } = options;
  // A kill may have come between the record of the run and its configuration.
  if (!resumed || !(await run.hasConfig())) await run.writeConfig(formatConfig(rebase(config, base, options.out)));
  const experiment = await runExperiment({
    ...options,
    ...policyAndSamples,
    learn: options.kind === 'sft' ? fineTune : train,
    run,
    resume: resumed,
  });
  if (experiment.interrupted) return { kind: 'run', ...experiment };
  const seconds = { ...experiment.seconds };
  const report = await stage('report', { onEvent, seconds }, async () => {
    const value = await finish(run, seconds);
    return { value, summary: value };
  });
  return { kind: 'run', ...experiment, seconds, report };
}

/** Nothing where the shape is unknown: a server may hold any model, and what is wrong with a folder its engine says better. */
async function planned(config: TrainingConfig, folder: string, samples: readonly Sample[]): Promise<Plan | undefined> {
  const model = config.engine === 'local' ? folder : (config.tinker.baseModel ?? folder);
  const promptTokens = samples.map(({ tokens }) => tokens);
  return await planOfConfig({ config, model, promptTokens }).catch((error: unknown) => {
    if (error instanceof GolongrlError) return undefined;
    throw error;
  });
}

/** In the order of the file, whatever was drawn. */
function randomSubset(samples: readonly Sample[], { data, seed }: TrainingConfig): readonly Sample[] {
  if (data.subset === undefined || data.subset >= samples.length) return samples;
  const chosen = new Set(random(seed, 'subset').sample([...samples.keys()], data.subset));
  return samples.filter((_, i) => chosen.has(i));
}

/** The same configuration with paths relative to another folder: a run directory can be resumed from anywhere. */
function rebase(config: TrainingConfig, from: string, to: string): TrainingConfig {
  const move = (path: string) => relative(resolve(to), resolve(from, path));
  const { train, heldout } = config.data;
  return {
    ...config,
    model: config.model === 'micro' ? 'micro' : move(config.model),
    data: { ...config.data, train: move(train), ...(heldout === undefined ? {} : { heldout: move(heldout) }) },
  };
}
