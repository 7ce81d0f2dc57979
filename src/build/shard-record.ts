/**
 * @file A shard on disk: `shard.json` says of which build it is a part and, once it is complete, that it is; `places.jsonl` holds what
 * its places came to.
 */

import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Shard, shardName } from '../construction/mixture/shard.ts';
import { refusalCriteria } from '../corpus/filter.ts';
import { tokenizerName } from '../engine/token-counter.ts';
import { InputError, UsageError } from '../errors.ts';
import { errorCode, fileError } from '../storage/files.ts';
import { lockFiles } from '../storage/lock.ts';
import { readRecord, writeRecord } from '../storage/record.ts';
import { buildRecordSchema, buildSettingsSchema } from './build-record.ts';
import { journalFile } from './places-journal.ts';

const shardFile = 'shard.json';

const shardRecordSchema = buildRecordSchema.extend({
  settings: buildSettingsSchema.required({ mixture: true }),
  shard: z.strictObject({ index: z.int().positive(), of: z.int().positive() }),
  corpus: z.strictObject({
    lines: z.array(z.string()).readonly(),
    refused: z
      .array(z.strictObject({ id: z.string(), criterion: z.enum(refusalCriteria), reason: z.string() }))
      .readonly(),
  }),
  complete: z.boolean(),
});
/** `complete` turns true when the last place is drawn; merging takes no other shard. */
export type ShardRecord = z.infer<typeof shardRecordSchema>;

/** @throws ResourceError when the disk is full. */
export async function writeShardRecord(directory: string, record: ShardRecord): Promise<void> {
  await writeRecord(path.join(directory, shardFile), record);
}

/** @throws InputError when the directory holds no shard. */
export function readShardRecord(directory: string): Promise<ShardRecord> {
  const hint = 'A shard is made by: golongrl data build --preset NAME --shard i/n --out DIR';
  return readRecord(path.join(directory, shardFile), shardRecordSchema, {
    name: 'the record of a shard of this version',
    code: 'shard-record-invalid',
    missing: new InputError('no-shard', `${directory}: holds no shard`, hint),
    hint: `${hint}; add --overwrite to replace this one.`,
  });
}

/**
 * What lies where a shard shall be written.
 *
 * @throws UsageError when the folder holds something else.
 */
export async function shardState(directory: string): Promise<'absent' | 'complete' | 'unfinished'> {
  const entries: string[] = await readdir(directory).catch((error: unknown): string[] => {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError(error, directory, 'read');
  });
  const own = [`${shardFile}.partial`, shardFile, journalFile, ...lockFiles];
  const foreign = entries.find((entry) => !own.includes(entry));
  if (foreign !== undefined) {
    const message = `--out ${directory}: the folder holds "${foreign}", which is no part of a shard; nothing was changed`;
    throw new UsageError('out-not-empty', message, 'Choose another --out.');
  }
  if (!entries.includes(shardFile)) return 'absent';
  return (await readShardRecord(directory)).complete ? 'complete' : 'unfinished';
}

/** Removes a shard that is to be built anew. */
export async function removeShard(directory: string): Promise<void> {
  for (const file of [shardFile, journalFile]) await rm(path.join(directory, file), { force: true });
}

/** The build that a shard is a part of, for comparison and messages. */
const parts = ({ version, documents, settings, shard }: ShardRecord): Record<string, string> => {
  // Where documents and tokenizer lie may differ from machine to machine; what they are may not.
  const { docs: _, tokenizer, ...rest } = settings;
  const named = tokenizer === undefined ? rest : { ...rest, tokenizer: tokenizerName(tokenizer) };
  return { version, documents, settings: JSON.stringify(named), shards: String(shard.of) };
};

/** Puts shards in order. @throws InputError naming a shard that is missing, double, unfinished or of another build. */
export function orderShards<T extends { readonly directory: string; readonly record: ShardRecord }>(
  shards: readonly T[],
): T[] {
  const [first] = shards;
  if (first === undefined) throw new UsageError('no-shards', 'data merge: got no shard.');
  const expected = parts(first.record);
  const byIndex = new Map<number, T>();
  for (const shard of shards) {
    const { directory, record } = shard;
    for (const [name, value] of Object.entries(parts(record))) {
      if (value === expected[name]) continue;
      const message = `${directory}: is a shard of another build than ${first.directory}: ${name} ${value}, not ${expected[name]}`;
      throw new InputError('shard-foreign', message, 'Merge shards of one build only.');
    }
    const twin = byIndex.get(record.shard.index);
    if (twin !== undefined) {
      const message = `${directory}: is shard ${record.shard.index}/${record.shard.of}, as ${twin.directory} is`;
      throw new InputError('shard-twice', message, 'Name each shard once.');
    }
    if (!record.complete) {
      const hint = `Complete it with: golongrl data build --resume ${directory}`;
      throw new InputError('shard-unfinished', `${directory}: the shard is not complete`, hint);
    }
    byIndex.set(record.shard.index, shard);
  }
  const { of } = first.record.shard;
  const missing = Array.from({ length: of }, (_, i): Shard => ({ index: i + 1, of })).filter(
    ({ index }) => !byIndex.has(index),
  );
  if (missing.length > 0) {
    const names = missing.slice(0, 10).map(shardName).join(', ');
    const message = `got ${byIndex.size} of ${of} shards; missing: ${names}${missing.length > 10 ? ', ...' : ''}`;
    throw new InputError('shard-missing', message, `Build them with the same settings and --shard i/${of}.`);
  }
  return [...byIndex.entries()].sort(([a], [b]) => a - b).map(([, shard]) => shard);
}
