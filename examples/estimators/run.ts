/**
 * @file Trains the bundled policy with every estimator, seed and setting of `settings.ts`, each in a run directory of its own.
 *
 *     npx tsx examples/estimators/run.ts --out runs/estimators
 *
 * Runs that are complete are passed over, one that is not goes on from its newest checkpoint: the command may be stopped and given
 * again. Seeds are outermost, so that what is there when it is stopped is complete by seed. `report.ts` makes the tables.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EstimatorName, parseEstimatorName } from '../../src/advantages/index.ts';
import { drawDataset } from '../../src/build/make-dataset.ts';
import { apportion } from '../../src/construction/mixture/mixture.ts';
import { selectPackagedDocuments } from '../../src/corpus/load-corpus.ts';
import { openLocalEngine } from '../../src/engine/local/local-engine.ts';
import { loadTokenizer } from '../../src/engine/tokenizer.ts';
import { modelFolder } from '../../src/experiment/model-folder.ts';
import { runExperiment } from '../../src/experiment/run-experiment.ts';
import { random } from '../../src/random.ts';
import { inRunDirectory, RunDirectory } from '../../src/runs/run-directory.ts';
import { versions } from '../../src/runs/versions.ts';
import { loadSamples } from '../../src/samples/load-samples.ts';
import type { Sample } from '../../src/samples/sample.ts';
import { datasetState, writeDataset } from '../../src/samples/write-dataset.ts';
import { taskIds } from '../../src/tasks/index.ts';
import { completeConfig, formatConfig, type TrainingConfig } from '../../src/training/index.ts';
import { compared, defaults, runName, type SettingName, settingNames, settings } from './settings.ts';

const { values: flags } = parseArgs({
  options: {
    out: { type: 'string', default: 'runs/estimators' },
    model: { type: 'string', default: 'micro' },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    settings: { type: 'string', default: settingNames.join(',') },
    estimators: { type: 'string', default: compared.join(',') },
    steps: { type: 'string', default: String(defaults.steps) },
    prompts: { type: 'string', default: String(defaults.prompts) },
    group: { type: 'string', default: String(defaults.group) },
    samples: { type: 'string' },
    'samples-per-task': { type: 'string', default: String(defaults.samplesPerTask) },
    threads: { type: 'string', default: '1' },
  },
});
const model = await modelFolder(flags.model);

/** The configuration of a run: the preset of the micro policy, shorter. */
const configOf = (setting: SettingName, seed: number, type: EstimatorName): TrainingConfig =>
  completeConfig({
    model,
    preset: 'micro',
    data: {
      train: `../${datasetName(setting, seed)}/native/train.jsonl`,
      heldout: `../${datasetName(setting, seed)}/native/heldout.jsonl`,
      order: settings[setting].order,
    },
    seed,
    steps: Number(flags.steps),
    rollout: { prompts: Number(flags.prompts), group: Number(flags.group), maxTokens: 112 },
    // A first draw of 27 prompts for 24 groups: in the setting \`equal\` three of each task.
    dynamicSampling: { draw: 1.125 },
    optimizer: { warmupSteps: 2 },
    checkpoint: { every: 5, keep: 1 },
    advantage: { type },
    evaluation: { samplesPerTask: Number(flags['samples-per-task']), greedy: false },
  });

const datasetName = (setting: SettingName, seed: number): string => `${setting}-${seed}-dataset`;

/** The training samples of a setting, its tasks in its shares, and as many held-out ones of every task. */
async function datasetOf(setting: SettingName, seed: number): Promise<string> {
  const directory = join(flags.out, datasetName(setting, seed));
  if ((await datasetState(directory)) === 'complete') return directory;
  const { sizes, shares } = settings[setting];
  const samples = Number(flags.samples ?? settings[setting].samples);
  const train = Math.ceil((sizes.train * samples) / settings[setting].samples);
  const selection = selectPackagedDocuments();
  const made = await drawDataset({ selection, seed, sizes: { ...sizes, train } }, () => undefined);
  const counts = apportion(
    taskIds.map((task) => shares[task]),
    samples,
  );
  const chosen = taskIds.flatMap((task, t) => {
    const all = made.samples.filter((sample) => sample.split === 'train' && sample.task === task);
    return random(seed, 'share', task).sample(all, Math.min(counts[t] ?? 0, all.length));
  });
  const heldout = made.samples.filter(({ split }) => split === 'heldout');
  const formats = ['native'] as const;
  await writeDataset(directory, [...chosen, ...heldout], {
    seed,
    tokenizer: 'estimate',
    formats,
    ifExists: 'overwrite',
  });
  return directory;
}

/** One run, from where it stands to its end; `before` is the evaluation that all runs of a seed and setting share. */
async function runOne(config: TrainingConfig, path: string, samples: Samples, before: string | undefined) {
  await inRunDirectory({ path, kind: 'train', ifExists: 'resume', versions: versions() }, async ({ run, resumed }) => {
    if (!(await run.hasConfig())) await run.writeConfig(formatConfig(config));
    if (before !== undefined && !(await run.hasEvaluation('before-sampled')))
      await run.writeEvaluation('before-sampled', await new RunDirectory(before).readEvaluation('before-sampled'));
    await runExperiment({
      ...samples,
      config,
      run,
      resume: resumed,
      model,
      onEvent: () => undefined,
      openEngine: async () => ({
        engine: await openLocalEngine({ model, threads: Number(flags.threads) }),
        tokenizer: await loadTokenizer(model),
      }),
    });
  });
}

interface Samples {
  readonly train: readonly Sample[];
  readonly heldout: readonly Sample[];
}

for (const seed of flags.seeds.split(',').map(Number)) {
  for (const setting of flags.settings.split(',') as SettingName[]) {
    const dataset = await datasetOf(setting, seed);
    const all = { rendering: 'all', tasks: taskIds } as const;
    const load = (split: string) => loadSamples(join(dataset, 'native', `${split}.jsonl`), all);
    const samples = { train: await load('train'), heldout: await load('heldout') };
    let before: string | undefined;
    for (const estimator of flags.estimators.split(',').map(parseEstimatorName)) {
      const path = join(flags.out, runName(setting, seed, estimator));
      if (!(await new RunDirectory(path).hasEvaluation('after-sampled'))) {
        await runOne(configOf(setting, seed, estimator), path, samples, before);
        console.log(`${Math.round(performance.now() / 1000)} s: ${runName(setting, seed, estimator)} is complete`);
      }
      before ??= path;
    }
  }
}
