/**
 * @file P3, synthetic track without a model: a mixture of all nine tasks from 0.1K to 256K tokens, by every generator in turn.
 * Samples are yielded one by one, because the long ones together outgrow memory. The same input gives the same bytes.
 */
import type { ReaderName } from '../../audit/readers/readers.ts';
import type { Sample } from '../../samples/sample.ts';
import type { GateFailure } from '../gates/gate.ts';
import { openPlaces, type PlaceOptions } from './draw-place.ts';
import { type MixtureRequest, planMixture } from './mixture.ts';
import { MixtureTally } from './mixture-report.ts';

/** What a mixture is built from, and how many places its plan has; gates may leave some empty. */
export interface MixtureOptions extends Pick<PlaceOptions, 'documents' | 'seed' | 'countTokens'>, MixtureRequest {
  /** Longest prompt in nominal tokens; default 256K. */
  readonly longest?: number;
}

/** What the places of a preset are drawn from and for: one build and all its shards share it. */
export function mixturePlaces(options: MixtureOptions): PlaceOptions {
  const { seed, preset, longest = Number.POSITIVE_INFINITY, languages, countTokens, question, against = [] } = options;
  const places = planMixture(options).filter(({ tokens }) => tokens <= longest);
  const wanted: readonly string[] | undefined = languages;
  const documents = options.documents.filter(({ language }) => wanted === undefined || wanted.includes(language));
  return {
    documents,
    seed,
    purpose: preset,
    places,
    countTokens,
    question,
    ...(against.length === 0 ? {} : { objection: crackedBy(against) }),
  };
}

/** Refuses what one of the solvers cracks. */
const crackedBy =
  (against: readonly ReaderName[]) =>
  ({ provenance: { needs } }: Sample): GateFailure | undefined => {
    const solver = against.find((name) => needs?.crackedBy.includes(name) === true);
    return solver === undefined ? undefined : { gate: 'g5', why: `cracked by ${solver}` };
  };

/**
 * @example
 * const tally = new MixtureTally();
 * for (const sample of buildMixture({ documents, seed: 7, preset: 'balanced', samples: 900 }, tally)) await write(sample);
 *
 * @throws InputError when there is no document in English or Chinese.
 */
export function* buildMixture(
  options: MixtureOptions,
  tally = new MixtureTally(),
): globalThis.Generator<Sample, MixtureTally> {
  const { places, draw } = openPlaces(mixturePlaces(options));
  for (const [number, place] of places.entries()) {
    const sample = tally.add(place, draw(number));
    if (sample !== undefined) yield sample;
  }
  return tally;
}
