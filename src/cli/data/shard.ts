/**
 * @file `golongrl data build --shard i/n`: one part of a mixture, for any scheduler that can start n processes.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkSameBuild, documentsFingerprint } from '../../build/build-record.ts';
import { buildShard } from '../../build/build-shard.ts';
import { corpusNote } from '../../build/make-mixture.ts';
import {
  readShardRecord,
  removeShard,
  type ShardRecord,
  shardState,
  writeShardRecord,
} from '../../build/shard-record.ts';
import { planMixture } from '../../construction/mixture/mixture.ts';
import { type Shard, shardName, shardPlaces } from '../../construction/mixture/shard.ts';
import { UsageError } from '../../errors.ts';
import type { StageContext } from '../../runs/events.ts';
import { versions } from '../../runs/versions.ts';
import { ifExistsRule } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { type BuildFlags, checkResume, selectDocumentsOf, settingsOf } from './build-settings.ts';

export interface ShardFlags extends BuildFlags {
  readonly shard?: Shard;
}

/** True for a directory that a killed shard left: `--resume` alone then knows what to do. */
export const holdsShard = (directory: string): boolean => existsSync(path.join(directory, 'shard.json'));

async function decide(out: string, flags: ShardFlags): Promise<'build' | 'resume' | 'nothing'> {
  const rule = ifExistsRule(flags);
  const state = await shardState(out);
  if (state === 'absent') return 'build';
  if (rule === 'overwrite') return 'build';
  if (rule === 'resume') return state === 'complete' ? 'nothing' : 'resume';
  const found = state === 'complete' ? 'a shard' : 'an unfinished shard';
  const message = `--out ${out}: the folder holds ${found}; nothing was changed`;
  throw new UsageError('out-exists', message, 'Add --resume to complete it, --overwrite to replace it.');
}

/** @throws UsageError when the flags are not those of a mixture. */
function newRecord(flags: ShardFlags): Pick<ShardRecord, 'settings' | 'shard'> {
  const { mixture, ...settings } = settingsOf(flags);
  if (mixture !== undefined && flags.shard !== undefined)
    return { settings: { ...settings, mixture }, shard: flags.shard };
  const message = '--shard is for mixtures: it goes with --preset, not with --short, --long or a configuration';
  throw new UsageError('shard-mixture', message, 'Give --preset balanced --samples 5400 --shard 2/5.');
}

/** @param out Where the shard lies or goes. */
export async function buildOneShard(
  out: string,
  flags: ShardFlags,
  terminal: Terminal,
  context: StageContext,
): Promise<void> {
  const begun = flags.resume !== undefined && holdsShard(out) ? await readShardRecord(out) : undefined;
  if (begun !== undefined && flags.shard === undefined) checkResume(out, flags);
  const { settings, shard } = begun !== undefined && flags.preset === undefined ? begun : newRecord(flags);
  const plan = planMixture(settings.mixture.preset, settings.mixture.samples);
  const own = shardPlaces(shard, plan.length);
  if (flags.dryRun === true) {
    const tokens = own.reduce((sum, number) => sum + (plan[number]?.tokens ?? 0), 0);
    const text = `Shard ${shardName(shard)}: ${own.length} of ${plan.length} places, ${tokens} tokens of prompts at most. Nothing was written to ${out}.\n`;
    const result = { out, shard, settings, places: own.length, tokens };
    terminal.out(flags.format === 'json' ? `${JSON.stringify(result)}\n` : text);
    return;
  }
  const action = await decide(out, flags);
  if (action !== 'nothing') {
    const selection = await selectDocumentsOf(settings, context);
    const documents = documentsFingerprint(selection);
    const version = versions().golongrl ?? '';
    const record: ShardRecord = { version, documents, settings, shard, corpus: corpusNote(selection), complete: false };
    if (action === 'resume') checkSameShard(out, await readShardRecord(out), record);
    else {
      await removeShard(out);
      await writeShardRecord(out, record);
    }
    await buildShard(out, record, selection, context);
  }
  if (flags.format === 'json') terminal.out(`${JSON.stringify({ out, shard, places: own.length })}\n`);
  else if (flags.format === 'quiet') terminal.out(`${out}\n`);
  else terminal.out(`Shard ${shardName(shard)} in ${out}: ${own.length} places. Merge all with: golongrl data merge\n`);
}

/** @throws UsageError when another shard or build is in the directory. */
function checkSameShard(out: string, saved: ShardRecord, now: ShardRecord): void {
  checkSameBuild(saved, now);
  const told = ({ settings, shard }: ShardRecord): string => JSON.stringify({ ...settings, shard });
  if (told(saved) === told(now)) return;
  const message = `--out ${out}: holds a shard of other settings: ${told(saved)}, not ${told(now)}`;
  throw new UsageError('resume-fixed', message, 'Choose another --out, or --overwrite.');
}
