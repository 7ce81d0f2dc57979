/**
 * @file From selected documents to a mixture on disk (`data build --preset`): construction by every generator, files. Train and
 * held-out samples share no document by construction, and prompts of up to 256K tokens quote many documents in full, so that
 * the n-gram check of refinement is left to `data decontaminate`. One build is one shard of one, merged at once.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { gateIds, gateRules } from '../construction/gates/gate.ts';
import { mixturePlaces } from '../construction/mixture/build-mixture.ts';
import { openPlaces, type PlaceOptions, type PlaceResult } from '../construction/mixture/draw-place.ts';
import { askedOf, fillLines, lengthName } from '../construction/mixture/fill.ts';
import { type FittedMixture, type FittingRequest, fitMixture } from '../construction/mixture/fit-mixture.ts';
import type { MixtureName, MixturePlace } from '../construction/mixture/mixture.ts';
import { MixtureTally } from '../construction/mixture/mixture-report.ts';
import { type Shard, shardPlaces } from '../construction/mixture/shard.ts';
import type { Refusal, Selection } from '../corpus/filter.ts';
import { selectionLines } from '../corpus/select.ts';
import { countedSample, openTokenCounter, type TokenCounter } from '../engine/token-counter.ts';
import { InputError } from '../errors.ts';
import { grouped } from '../format.ts';
import { type StageContext, stage } from '../runs/events.ts';
import type { SampleSummary } from '../samples/sample-counter.ts';
import { buildRecordFile, DatasetWriter } from '../samples/write-dataset.ts';
import { journalFile, openJournal, readPlaces } from './places-journal.ts';

/** What the card and the report say of the corpus. */
export interface CorpusNote {
  readonly lines: readonly string[];
  readonly refused: readonly Refusal[];
}

/** From the selection that a build starts with; the record of a shard keeps it for the merge. */
export const corpusNote = (selection: Selection): CorpusNote => ({
  lines: selectionLines(selection),
  refused: selection.refused,
});

/** What was written; `lines` are those of the dataset card, `fill` says to a person what stayed empty and why. */
export interface MadeMixture {
  readonly summary: SampleSummary;
  readonly lines: readonly string[];
  readonly fill: readonly string[];
}

/** `progress` hears of every fiftieth place of the shard. */
export interface DrawPlacesOptions {
  readonly shard: Shard;
  readonly counter: TokenCounter;
  readonly progress: (done: number, total: number) => void;
}

/** The place with the tokens of its prompt counted. */
async function counted(result: PlaceResult, counter: TokenCounter): Promise<PlaceResult> {
  const { sample } = result;
  return sample === undefined ? result : { ...result, sample: await countedSample(sample, counter) };
}

/**
 * Draws the places of one shard into its journal, after those that are there.
 *
 * @throws InputError when no document can serve, ResourceError when the disk is full.
 */
export async function drawPlaces(
  directory: string,
  options: PlaceOptions,
  { shard, counter, progress }: DrawPlacesOptions,
): Promise<number> {
  const numbers = shardPlaces(shard, options.places.length);
  const journal = await openJournal(directory, numbers);
  try {
    if (journal.done === numbers.length) return numbers.length;
    const { draw } = openPlaces(options);
    for (const [i, number] of numbers.entries()) {
      if (i < journal.done) continue;
      journal.append(await counted(draw(number), counter));
      if ((i + 1) % 50 === 0) {
        progress(i + 1, numbers.length);
        // Signals and timers get their turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    return numbers.length;
  } finally {
    journal.close();
  }
}

/** A merge passes the results of all shards, a single build its own. */
export interface WriteMixtureOptions {
  readonly directory: string;
  readonly seed: number;
  readonly preset: MixtureName;
  readonly places: readonly MixturePlace[];
  /** In the order of the plan. */
  readonly results: AsyncIterable<PlaceResult>;
  readonly corpus: CorpusNote;
  /** What counted the prompts. */
  readonly tokenizer: string;
}

/**
 * Writes what the places came to as a dataset.
 *
 * @throws InputError when they came to nothing, ResourceError when the disk is full.
 */
export async function writeMixture(options: WriteMixtureOptions): Promise<MadeMixture> {
  const { directory, seed, preset, places, results, corpus, tokenizer } = options;
  const tally = new MixtureTally();
  const writer = await DatasetWriter.open(directory, { seed, tokenizer, ifExists: 'overwrite' });
  try {
    for await (const result of results) {
      const place = places[result.number];
      const sample = place === undefined ? undefined : tally.add(place, result);
      if (sample !== undefined) writer.add(sample);
    }
    if (tally.samples === 0) {
      for (const file of [journalFile, buildRecordFile]) await rm(path.join(directory, file), { force: true });
      throw noSamples(tally, places);
    }
    const fill = fillLines(tally, places);
    const lines = [
      ...fill,
      ...tally.lines(),
      'drafts turned away, by generator and gate:',
      ...tally.table(),
      'e.g.:',
      ...tally.reasons(),
    ];
    await writer.finish({
      sections: [
        { title: 'Corpus', lines: corpus.lines },
        { title: 'Gates', lines: gateIds.map((gate) => `${gate}: ${gateRules[gate]}`) },
        { title: `Construction (${preset})`, lines },
      ],
      report: { corpus: { refused: corpus.refused }, preset, lines },
    });
    await rm(path.join(directory, journalFile), { force: true });
    return { summary: writer.summary(), lines, fill };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Why a mixture without a sample has none. */
export function noSamples(tally: MixtureTally, places: readonly MixturePlace[]): InputError {
  const why =
    tally
      .reasons()[0]
      ?.replace(/ \([^)]*\)$/, '')
      .trim() ?? '';
  const kinds = ['T1', 'T4', 'T8'] as const;
  return new InputError(
    'mixture-empty',
    `no document serves any of ${places.length} places; nothing was written${why === '' ? '' : `. E.g. ${why}`}`,
    `Give more documents, or longer ones, with e.g. ${kinds.map((task) => askedOf[task]).join('; ')}; --short 900 --long 0 asks of any prose.`,
  );
}

/** Share of the places below which a mixture is not what was planned. */
const leastFilled = 0.5;

/** Tells of a mixture that stayed mostly empty. */
export function tellFill({ onEvent }: StageContext, { summary: { samples } }: MadeMixture, planned: number): void {
  if (samples < leastFilled * planned)
    onEvent({
      type: 'notice',
      text: `${samples} of ${planned} places are filled: the documents serve few of them. More of them, or fewer --samples, give the mixture that was planned.`,
    });
}

/** One build of a whole mixture, without shards. */
export interface MakeMixtureOptions {
  readonly directory: string;
  readonly selection: Selection;
  readonly seed: number;
  readonly mixture: FittingRequest;
  /** Path of the tokenizer that counts prompts; the estimate without it. */
  readonly tokenizer?: string | undefined;
  readonly context: StageContext;
}

/** The places of a mixture over documents, fitted to them where it says so: a dry run draws from the same. */
export async function planPlaces({
  selection,
  seed,
  mixture,
  tokenizer,
  context,
}: Omit<MakeMixtureOptions, 'directory'>): Promise<{ readonly options: PlaceOptions; readonly counter: TokenCounter }> {
  const documents = selection.kept;
  const counter = await openTokenCounter(tokenizer, documents);
  const fitted = fitMixture(documents, mixture, counter.estimate);
  tellFit(context, fitted);
  const options = mixturePlaces({ documents, seed, ...fitted.mixture, countTokens: counter.estimate });
  return { options, counter };
}

function tellFit({ onEvent }: StageContext, { tokens, left }: FittedMixture): void {
  const [least] = left;
  if (least === undefined) return;
  const text = `The documents to train on hold ${grouped(tokens)} tokens: prompts of ${lengthName(least)} and more are left out. More documents give longer ones; --lengths names others.`;
  onEvent({ type: 'notice', text });
}

/** @throws InputError when no document can serve, ResourceError when the disk is full. */
export async function makeMixture(options: MakeMixtureOptions): Promise<MadeMixture> {
  const { directory, selection, seed, mixture, context } = options;
  const { preset } = mixture;
  return await stage('dataset', context, async (progress) => {
    const { options: places, counter } = await planPlaces(options);
    const planned = places.places.length;
    await drawPlaces(directory, places, { shard: { index: 1, of: 1 }, counter, progress });
    const value = await writeMixture({
      directory,
      seed,
      preset,
      places: places.places,
      results: readPlaces(directory),
      corpus: corpusNote(selection),
      tokenizer: counter.name,
    });
    if (mixture.fit === undefined) tellFill(context, value, planned);
    return { value, summary: `${value.summary.samples} of ${planned} samples, ${preset}` };
  });
}
