/**
 * @file P3, synthetic track without a model: a mixture of all nine tasks from 0.1K to 256K tokens, by every generator in turn.
 * Samples are yielded one by one, because the long ones together outgrow memory. The same input gives the same bytes.
 */
import type { Sample } from '../../samples/sample.ts';
import { openPlaces, type PlaceOptions, type PlaceResult } from './draw-place.ts';
import { type MixtureName, type MixturePlace, planMixture } from './mixture.ts';
import { MixtureTally } from './mixture-report.ts';

/** What a mixture is built from, and how many places its plan has; gates may leave some empty. */
export interface MixtureOptions extends Pick<PlaceOptions, 'documents' | 'seed' | 'countTokens'> {
  readonly preset: MixtureName;
  /** Samples of both splits together. */
  readonly samples: number;
  /** Longest prompt in nominal tokens; default 256K. */
  readonly longest?: number;
}

/** What the places of a preset are drawn from and for: one build and all its shards share it. */
export function mixturePlaces(options: MixtureOptions): PlaceOptions {
  const { documents, seed, preset, samples, longest = 262144, countTokens } = options;
  const places = planMixture(preset, samples).filter(({ tokens }) => tokens <= longest);
  return { documents, seed, purpose: preset, places, countTokens };
}

/**
 * The samples of places drawn in the order of the plan; of equal ones the first stays. One build and merged shards end in this.
 */
export function* foldPlaces(
  places: readonly MixturePlace[],
  results: Iterable<PlaceResult>,
  tally: MixtureTally,
): globalThis.Generator<Sample, MixtureTally> {
  for (const result of results) {
    const place = places[result.number];
    const sample = place === undefined ? undefined : tally.add(place, result);
    if (sample !== undefined) yield sample;
  }
  return tally;
}

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
  function* results(): globalThis.Generator<PlaceResult> {
    for (const number of places.keys()) yield draw(number);
  }
  return yield* foldPlaces(places, results(), tally);
}
