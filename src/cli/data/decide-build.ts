/**
 * @file What `data build` is asked for, as a plan: the kind of build, its settings, and what is done about what lies in the directory.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type BuildSettings, readBuildRecord } from '../../build/build-record.ts';
import type {
  BuildPlan,
  LlmPlan,
  MixturePlan,
  MixtureSettings,
  QuickstartPlan,
  ShardPlan,
  SupplementPlan,
} from '../../build/plan.ts';
import { readShardRecord, shardState } from '../../build/shard-record.ts';
import { readRequest } from '../../build/supplement.ts';
import { readLlmTrackConfig } from '../../construction/llm/config.ts';
import { type Shard, shardName } from '../../construction/mixture/shard.ts';
import { UsageError } from '../../errors.ts';
import { datasetExists, datasetState } from '../../samples/write-dataset.ts';
import { ifExistsRule } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { type BuildFlags, checkResume, defaultSeed, settingsOf } from './build-settings.ts';

/** What a person wrote on the command line. */
export interface BuildRequest {
  readonly flags: BuildFlags;
  /** File of the LLM track. */
  readonly config?: string | undefined;
  /** Flags given, in their long form. */
  readonly given: readonly string[];
}

/** @throws UsageError when flags contradict each other, or what lies in the directory may not be touched. */
export async function decide({ flags, config, given }: BuildRequest, terminal: Terminal): Promise<BuildPlan> {
  if (config !== undefined) return await decideLlm(config, flags, given);
  if (flags.request !== undefined || flags.base !== undefined) return await decideSupplement(flags, terminal);
  const out = placeOf(flags);
  if (flags.shard !== undefined || (flags.resume !== undefined && holdsShard(out)))
    return await decideShard(out, flags);
  return await decideDataset(out, flags, terminal);
}

function placeOf({ out, shard, resume }: BuildFlags): string {
  if (typeof resume === 'string') return resume;
  return shard === undefined || out !== 'dataset' ? out : `shards/${shardName(shard)}`;
}

/** True for a directory that a killed shard left: `--resume` alone then knows what to do. */
const holdsShard = (directory: string): boolean => existsSync(path.join(directory, 'shard.json'));

/** The kind of build that the settings are for. */
function planOf(out: string, { mixture, ...settings }: BuildSettings, resume: boolean): QuickstartPlan | MixturePlan {
  return mixture === undefined
    ? { kind: 'quickstart', out, resume, settings }
    : { kind: 'mixture', out, resume, settings: { ...settings, mixture } };
}

async function decideDataset(out: string, flags: BuildFlags, terminal: Terminal): Promise<BuildPlan> {
  checkResume(out, flags);
  if (flags.dryRun === true) {
    const saved = flags.resume === undefined ? undefined : await readBuildRecord(out);
    return planOf(out, saved?.settings ?? settingsOf(flags), false);
  }
  const action = await actionAt(out, flags, terminal);
  if (action === 'nothing') return { kind: 'complete', out };
  if (action === 'build') return planOf(out, settingsOf(flags), false);
  return planOf(out, (await readBuildRecord(out)).settings, true);
}

/** What to do about what lies in the directory of a dataset. @throws UsageError when it may not be touched. */
async function actionAt(out: string, flags: BuildFlags, terminal: Terminal): Promise<'build' | 'resume' | 'nothing'> {
  const rule = ifExistsRule(flags);
  const state = await datasetState(out);
  if (state === 'absent') {
    if (rule !== 'resume') return 'build';
    const message = `--resume ${out}: there is no build to complete`;
    throw new UsageError('nothing-to-resume', message, 'Build without --resume.');
  }
  const choice = rule ?? (await terminal.askIfExists?.(out)) ?? 'fail';
  if (choice === 'fail') throw datasetExists(out, state);
  if (choice === 'overwrite') return 'build';
  return state === 'complete' ? 'nothing' : 'resume';
}

/** Of a shard that is there, `--resume` needs no other flag; otherwise the flags say which one it is. */
async function decideShard(out: string, flags: BuildFlags): Promise<ShardPlan> {
  const begun = flags.resume !== undefined && holdsShard(out) ? await readShardRecord(out) : undefined;
  if (begun !== undefined && flags.shard === undefined) checkResume(out, flags);
  const { settings, shard } = begun !== undefined && flags.preset === undefined ? begun : newShard(flags);
  const resume = flags.dryRun === true ? false : await resumesShard(out, flags);
  return { kind: 'shard', out, resume, settings, shard };
}

/** @throws UsageError when the flags are not those of a mixture. */
function newShard(flags: BuildFlags): { settings: MixtureSettings; shard: Shard } {
  const { mixture, ...settings } = settingsOf(flags);
  if (mixture !== undefined && mixture.fit === undefined && flags.shard !== undefined)
    return { settings: { ...settings, mixture }, shard: flags.shard };
  const message = '--shard is for mixtures: it goes with --preset, not with --short, --long or a configuration';
  throw new UsageError('shard-mixture', message, 'Give --preset balanced --samples 5400 --shard 2/5.');
}

/** Whether a shard goes on with what is there. @throws UsageError when that may not be touched. */
async function resumesShard(out: string, flags: BuildFlags): Promise<boolean> {
  const rule = ifExistsRule(flags);
  const state = await shardState(out);
  if (state === 'absent' || rule === 'overwrite') return false;
  if (rule === 'resume') return true;
  const found = state === 'complete' ? 'a shard' : 'an unfinished shard';
  const message = `--out ${out}: the folder holds ${found}; nothing was changed`;
  throw new UsageError('out-exists', message, 'Add --resume to complete it, --overwrite to replace it.');
}

/** An unclear request is built, because somebody may know better, and said to be one. */
async function decideSupplement(flags: BuildFlags, terminal: Terminal): Promise<SupplementPlan> {
  const [file, base] = supplementOf(flags);
  const { out, docs, licence, tokenizer, seed = defaultSeed, limit, samples = limit, format } = flags;
  const stated = await readRequest(file);
  const request = { ...stated, samples: Math.min(stated.samples, samples ?? stated.samples) };
  const { clear, task } = request;
  if (!clear && format === 'human')
    terminal.err(`Note: the diagnosis behind this request found ${task} not clearly weaker there than elsewhere.\n`);
  if (flags.dryRun !== true) await checkAbsent(out, flags.overwrite === true);
  return { kind: 'supplement', out, base, request, settings: { docs, licence, seed, tokenizer } };
}

function supplementOf({ request, base, out, short, long, preset, resume }: BuildFlags): [string, string] {
  if (request === undefined || base === undefined) {
    const message = '--request and --base go together: what to add, and to which dataset';
    throw new UsageError('request-base', message);
  }
  if ([short, long, preset, resume].some((value) => value !== undefined)) {
    const message = '--request: goes without --short, --long, --preset and --resume; the request says what is built';
    throw new UsageError('request-flags', message);
  }
  if (out === base) throw new UsageError('out-is-input', `--out ${out}: is the base`, 'Choose another --out.');
  return [request, base];
}

/** @throws UsageError when a dataset is in the way. */
export async function checkAbsent(out: string, replaced: boolean, resumable = false): Promise<void> {
  const state = await datasetState(out);
  if (state !== 'absent' && !replaced) throw datasetExists(out, state, resumable);
}

/** Flags that say what to do about a dataset that exists; everything else is in the configuration. */
const configuredFlags = ['--resume', '--overwrite', '--dry-run', '--reviews', '--format'];

async function decideLlm(file: string, flags: BuildFlags, given: readonly string[]): Promise<LlmPlan> {
  checkConfigured(file, flags, given);
  const config = await readLlmTrackConfig(file);
  if (flags.dryRun !== true) await checkAbsent(config.out, ifExistsRule(flags) !== undefined, true);
  return { kind: 'llm', config, resume: flags.resume === true };
}

/** @throws UsageError when a flag says what the configuration says. */
function checkConfigured(file: string, { shard, resume }: BuildFlags, given: readonly string[]): void {
  if (shard !== undefined) {
    const message = '--shard is for mixtures: it goes with --preset, not with a configuration';
    throw new UsageError('shard-mixture', message, 'The replies of a configured build are cached; --resume goes on.');
  }
  const foreign = given.filter((flag) => !configuredFlags.includes(flag));
  if (foreign.length > 0) {
    const message = `${foreign.join(', ')}: a configuration takes no such flag`;
    throw new UsageError('flag-in-config', message, `Write the setting into ${file}.`);
  }
  if (typeof resume !== 'string') return;
  const message = `--resume ${resume}: the configuration names the directory`;
  throw new UsageError('resume-fixed', message, 'Write --resume alone.');
}
