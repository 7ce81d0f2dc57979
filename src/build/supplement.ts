/**
 * @file P4, the supplementing build: a data request and a dataset become the next version of the dataset, the base's samples first and
 * as they were. A document that serves one split of the base serves no other here.
 */

import { openPlaces } from '../construction/mixture/draw-place.ts';
import { MixtureTally } from '../construction/mixture/mixture-report.ts';
import { requestObjection, requestPlaces } from '../construction/mixture/request-places.ts';
import { defaultHeldoutShare, splitByDocument, splitNames } from '../construction/split.ts';
import type { Selection } from '../corpus/filter.ts';
import { sha256 } from '../corpus/make-document.ts';
import { countedSample, openTokenCounter } from '../engine/token-counter.ts';
import { InputError } from '../errors.ts';
import { type DataRequest, dataRequestSchema } from '../refinement/diagnose.ts';
import { type StageContext, stage } from '../runs/events.ts';
import type { Sample } from '../samples/sample.ts';
import { writeDataset } from '../samples/write-dataset.ts';
import { readRecord } from '../storage/record.ts';

/** @throws InputError when the file is no request. */
export async function readRequest(file: string): Promise<DataRequest> {
  const hint = 'A request is written by: golongrl data diagnose RUN --out FILE';
  return await readRecord(file, dataRequestSchema, { name: 'a data request', code: 'request-invalid', hint });
}

/** The request says task, length and number; `selection` are the documents that may serve it. */
export interface SupplementOptions {
  readonly directory: string;
  readonly request: DataRequest;
  /** Reads the samples of the base, in order, each time anew: a base may be larger than the memory. */
  readonly base: () => AsyncIterable<Sample>;
  readonly selection: Selection;
  readonly seed: number;
  readonly tokenizer?: string | undefined;
  readonly context: StageContext;
}

/** Samples of the base and samples added. */
export interface Supplement {
  readonly base: number;
  readonly added: number;
  readonly lines: readonly string[];
}

interface BaseFacts {
  readonly ids: ReadonlySet<string>;
  /** Splits that a document serves, by its hash. */
  readonly used: ReadonlyMap<string, ReadonlySet<Sample['split']>>;
}

async function factsOf(base: AsyncIterable<Sample>): Promise<BaseFacts> {
  const ids = new Set<string>();
  const used = new Map<string, Set<Sample['split']>>();
  for await (const { id, split, provenance } of base) {
    ids.add(id);
    for (const { sha256: hash } of provenance.documents) used.set(hash, (used.get(hash) ?? new Set()).add(split));
  }
  return { ids, used };
}

/** Documents whose split here is that of the base, or which the base does not use. */
function compatible(selection: Selection, { used }: BaseFacts): Selection['kept'] {
  const parts = splitByDocument(selection.kept, defaultHeldoutShare);
  const wrong = new Set(
    splitNames.flatMap((split) => {
      const other = split === 'train' ? 'heldout' : 'train';
      return parts[split].filter(({ sha256: hash }) => used.get(hash)?.has(other) === true);
    }),
  );
  return selection.kept.filter((document) => !wrong.has(document));
}

/** @throws InputError when nothing can be drawn, ResourceError when the disk is full. */
export async function supplement(options: SupplementOptions): Promise<Supplement> {
  const { directory, request, base, selection, seed, tokenizer, context } = options;
  return await stage('dataset', context, async (progress) => {
    const facts = await factsOf(base());
    const { ids: known } = facts;
    const documents = compatible(selection, facts);
    const counter = await openTokenCounter(tokenizer, documents);
    const { places, draw } = openPlaces({
      documents,
      seed,
      countTokens: counter.estimate,
      // Another supplement to a later version draws other samples.
      purpose: `supplement ${sha256([...known].join(' ')).slice(0, 12)}`,
      places: requestPlaces(request),
      objection: requestObjection(request, known),
    });
    const tally = new MixtureTally();
    const added: Sample[] = [];
    for (const [number, place] of places.entries()) {
      const sample = tally.add(place, draw(number));
      if (sample !== undefined) added.push(await countedSample(sample, counter));
      if ((number + 1) % 20 === 0) progress(number + 1, places.length);
    }
    if (added.length === 0) {
      const message = `none of ${places.length} samples that the request asks for could be drawn from ${documents.length} documents`;
      throw new InputError('nothing-added', message, tally.reasons().slice(0, 3).join(' ').trim());
    }
    const lines = [
      `${known.size} samples of the base and ${added.length} of ${request.samples} asked for: ${request.reason}`,
      `${selection.kept.length - documents.length} documents serve the other split of the base and were not used`,
      ...tally.lines(),
    ];
    const all = async function* (): AsyncGenerator<Sample> {
      yield* base();
      yield* added;
    };
    await writeDataset(directory, all(), {
      seed,
      tokenizer: counter.name,
      ifExists: 'overwrite',
      sections: [{ title: 'Supplement', lines }],
      report: { supplement: { request, base: known.size, added: added.length }, lines },
    });
    const value = { base: known.size, added: added.length, lines };
    return { value, summary: `${added.length} of ${request.samples} samples added` };
  });
}
