/**
 * @file P3, synthetic track without a model: a mixture of all nine tasks from 0.1K to 256K tokens, by every generator in turn.
 * Samples are yielded one by one, because the long ones together outgrow memory. The same input gives the same bytes.
 */
import type { Sample } from '../../samples/sample.ts';
import { openPlaces, type PlaceOptions } from './draw-place.ts';
import { type MixtureName, planMixture } from './mixture.ts';
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
