/**
 * @file Building one shard of a mixture, and merging all of them into the dataset that one build would have written, byte for byte.
 */
import { mixturePlaces } from '../construction/mixture/build-mixture.ts';
import type { PlaceResult } from '../construction/mixture/draw-place.ts';
import { planMixture } from '../construction/mixture/mixture.ts';
import { shardName } from '../construction/mixture/shard.ts';
import type { Selection } from '../corpus/filter.ts';
import { openTokenCounter, tokenizerName } from '../engine/token-counter.ts';
import { InputError } from '../errors.ts';
import { type StageContext, stage } from '../runs/events.ts';
import { drawPlaces, type MadeMixture, tellFill, writeMixture } from './make-mixture.ts';
import { readPlaces } from './places-journal.ts';
import { orderShards, readShardRecord, type ShardRecord, writeShardRecord } from './shard-record.ts';

/**
 * Draws the shard's places and marks it as complete. Places that a killed process has drawn are kept.
 *
 * @returns how many places the shard has.
 */
export async function buildShard(
  directory: string,
  record: ShardRecord,
  selection: Selection,
  context: StageContext,
): Promise<number> {
  const { settings, shard } = record;
  return await stage('dataset', context, async (progress) => {
    const documents = selection.kept;
    const counter = await openTokenCounter(settings.tokenizer, documents);
    const { seed, mixture } = settings;
    const options = mixturePlaces({ documents, seed, ...mixture, countTokens: counter.estimate });
    const value = await drawPlaces(directory, options, { shard, counter, progress });
    await writeShardRecord(directory, { ...record, complete: true });
    return { value, summary: `${value} of ${options.places.length} places, shard ${shardName(shard)}` };
  });
}

/** The places of all shards in the order of the plan: place p is in shard p mod n. */
async function* interleave(directories: readonly string[], places: number): AsyncGenerator<PlaceResult> {
  const readers = directories.map((directory) => readPlaces(directory));
  for (let number = 0; number < places; number++) {
    const at = number % directories.length;
    const next = await readers[at]?.next();
    if (next?.done !== false || next.value.number !== number) {
      const message = `${directories[at]}: lacks place ${number} of the plan`;
      throw new InputError('shard-damaged', message, 'Build this shard anew with --overwrite.');
    }
    yield next.value;
  }
}

/** `shards` are directories, in any order; all of one build must be there. */
export interface MergeOptions {
  readonly shards: readonly string[];
  readonly directory: string;
  readonly context: StageContext;
}

/** @throws InputError when a shard is missing, unfinished, damaged or of another build. */
export async function mergeShards({ shards, directory, context }: MergeOptions): Promise<MadeMixture> {
  const records = await Promise.all(
    shards.map(async (place) => ({ directory: place, record: await readShardRecord(place) })),
  );
  const ordered = orderShards(records);
  const [first] = ordered;
  if (first === undefined) throw new Error('orderShards keeps at least one');
  const { settings, corpus } = first.record;
  const { preset, samples } = settings.mixture;
  return await stage('dataset', context, async () => {
    const places = planMixture(settings.mixture);
    const results = interleave(
      ordered.map((shard) => shard.directory),
      places.length,
    );
    const value = await writeMixture({
      directory,
      seed: settings.seed,
      preset,
      places,
      results,
      corpus,
      tokenizer: tokenizerName(settings.tokenizer),
    });
    tellFill(context, value, samples);
    return { value, summary: `${value.summary.samples} of ${samples} samples of ${ordered.length} shards` };
  });
}
