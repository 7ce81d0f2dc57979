/**
 * @file A dataset and a preset as a folder that trains with verl 0.9: Parquet, overrides, launch script, plugin, reward shim.
 * `export.json` is written last: with it the folder is complete.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { InputError, UsageError } from '../../errors.ts';
import { type ContextShortfall, contextOfScaling, contextShortfall } from '../../planning/context.ts';
import { readModelShape } from '../../planning/read-model-shape.ts';
import type { Profile } from '../../rewards/reward.ts';
import { writeParquet } from '../../samples/parquet.ts';
import type { Sample } from '../../samples/sample.ts';
import { toUpstreamRecord } from '../../samples/upstream.ts';
import { errorCode, fileError, writeFileAtomic } from '../../storage/files.ts';
import { writeRecord } from '../../storage/record.ts';
import type { TaskId } from '../../tasks/task.ts';
import { copyPythonPackage } from '../python-package.ts';
import { jobReadme } from './job-readme.ts';
import { launchScript } from './launch-script.ts';
import { longestSequence, overrideKey, verlOverrides } from './overrides.ts';
import { prepareModelScript } from './prepare-model.ts';
import { presetRope, type VerlPreset, type VerlPresetName, verlPresets } from './preset.ts';

/** `set` are overrides of the preset, `key=value`. */
export interface ExportVerlOptions {
  readonly preset: VerlPresetName;
  readonly out: string;
  /** The samples, read once for each split. */
  readonly samples: () => AsyncIterable<Sample>;
  /** What the samples came from, for the record. */
  readonly source: string;
  readonly profile: Profile;
  readonly set?: readonly string[];
  readonly overwrite?: boolean;
  readonly version: string;
}

/** `tooLong` counts training prompts that verl will leave out. */
export interface VerlExport {
  readonly samples: { readonly train: number; readonly heldout: number };
  readonly byTask: Readonly<Partial<Record<TaskId, number>>>;
  readonly tooLong: number;
  /** Where the preset's model has fewer positions than the job asks for. */
  readonly shortfall?: ContextShortfall;
}

const manifestFile = 'export.json';
const entries = ['README.md', 'data', 'launch.sh', 'overrides.txt', 'prepare_model.py', 'python', manifestFile];

/** @throws UsageError when the folder holds something that an export did not write, or an export that is to be kept. */
async function prepareFolder(out: string, overwrite: boolean): Promise<void> {
  let found: string[] = [];
  try {
    found = await readdir(out);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw new UsageError(
      'out-not-a-folder',
      `--out ${out}: exists and is not a folder that can be read`,
      'Choose another --out.',
    );
  }
  const foreign = found.find((entry) => !entries.includes(entry.replace(/\.partial$/, '')));
  if (foreign !== undefined) {
    throw new UsageError(
      'out-not-empty',
      `--out ${out}: the folder holds "${foreign}", which is no part of an export; nothing was changed`,
      'Choose another --out.',
    );
  }
  if (found.length > 0 && !overwrite) {
    throw new UsageError(
      'out-exists',
      `--out ${out}: the folder holds an export; nothing was changed`,
      'Add --overwrite to replace it, or choose another --out.',
    );
  }
  await rm(path.join(out, manifestFile), { force: true });
}

/** What the samples are, and whether a step can be filled with them. */
async function survey({ samples, set = [], preset }: ExportVerlOptions): Promise<VerlExport> {
  const { scale }: VerlPreset = verlPresets[preset];
  const counts = { train: 0, heldout: 0 };
  const byTask: Partial<Record<TaskId, number>> = {};
  let tooLong = 0;
  for await (const { split, task, tokens } of samples()) {
    counts[split]++;
    if (split !== 'train') continue;
    byTask[task] = (byTask[task] ?? 0) + 1;
    if (tokens > scale.promptTokens) tooLong++;
  }
  const given = set.find((text) => overrideKey(text) === 'data.train_batch_size');
  const prompts = given === undefined ? scale.prompts : Number(given.split('=')[1]);
  if (counts.train < prompts) {
    throw new InputError(
      'too-few-samples',
      `the dataset has ${counts.train} training samples, and a step takes ${prompts} prompts: verl would count no step in an epoch`,
      `Build more samples, or take smaller steps: --set data.train_batch_size=${Math.max(1, counts.train)} --set actor_rollout_ref.actor.ppo_mini_batch_size=${Math.max(1, counts.train)}`,
    );
  }
  const order = Object.fromEntries(Object.entries(byTask).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { samples: counts, byTask: order, tooLong };
}

async function* records(samples: AsyncIterable<Sample>, split: Sample['split']) {
  let index = 0;
  for await (const sample of samples) if (sample.split === split) yield toUpstreamRecord(sample, index++);
}

/**
 * @throws InputError when the dataset cannot fill a step, UsageError when `out` is in use, ResourceError when the disk is full.
 */
export async function exportVerl(options: ExportVerlOptions): Promise<VerlExport> {
  const { out, samples, profile, set = [], version, source } = options;
  const preset: VerlPreset = verlPresets[options.preset];
  const groups = verlOverrides(preset, { profile, set });
  const { context } = await readModelShape(preset.model);
  const rope = presetRope(preset, context);
  // What `prepare_model.py` gives the model before a start.
  const prepared = rope === undefined ? context : contextOfScaling(rope);
  const shortfall = contextShortfall(longestSequence(groups.flatMap(({ overrides }) => overrides)), prepared);
  const found: VerlExport = { ...(await survey(options)), ...(shortfall === undefined ? {} : { shortfall }) };
  await prepareFolder(out, options.overwrite ?? false);
  const at = (name: string): string => path.join(out, name);
  try {
    const train = await writeParquet(at('data/train.parquet'), records(samples(), 'train'));
    const validation = found.samples.heldout > 0 ? 'heldout.parquet' : 'train.parquet';
    if (found.samples.heldout > 0) await writeParquet(at('data/heldout.parquet'), records(samples(), 'heldout'));
    const lines = groups.flatMap(({ title, overrides }) => [`# ${title}`, ...overrides]);
    await writeFileAtomic(at('overrides.txt'), `${lines.join('\n')}\n`);
    await writeFileAtomic(at('launch.sh'), launchScript({ preset, validation, rope }));
    if (rope !== undefined) await writeFileAtomic(at('prepare_model.py'), prepareModelScript(rope));
    else await rm(at('prepare_model.py'), { force: true });
    await writeFileAtomic(
      at('README.md'),
      jobReadme({ name: options.preset, preset, profile, set, version, rope, ...found }),
    );
    await copyPythonPackage(out);
    const manifest = {
      schemaVersion: 1,
      kind: 'verl',
      preset: options.preset,
      verl: '0.9',
      profile,
      set,
      source,
      golongrl: version,
      rope,
      ...found,
      train: train.sha256,
    };
    await writeRecord(at(manifestFile), manifest);
  } catch (error) {
    throw fileError(error, out, 'write');
  }
  return found;
}
