/**
 * @file The dry run of a mixture: it draws the places that the build would draw, by the same code, and keeps none. Of a large mixture it draws
 * some, spread evenly, and says how far the numbers may be off.
 */
import { setImmediate } from 'node:timers/promises';
import { openPlaces } from '../../construction/mixture/draw-place.ts';
import { fillLines } from '../../construction/mixture/fill.ts';
import { MixtureTally } from '../../construction/mixture/mixture-report.ts';
import type { Selection } from '../../corpus/filter.ts';
import { grouped } from '../../format.ts';
import { type StageContext, stage } from '../../runs/events.ts';
import { noSamples, planPlaces } from '../make-mixture.ts';
import type { MixtureSettings } from '../plan.ts';

/** Places that are drawn at most: up to so many the dry run says exactly what the run gives. */
export const mostDrawn = 2700;

/** `drawn` of `planned` places gave `samples`; `margin` is half of the 95 % interval of what all would give, repeats apart. */
export interface MixturePreview {
  readonly planned: number;
  readonly drawn: number;
  readonly samples: number;
  readonly margin: number;
  readonly byTask: Readonly<Record<string, number>>;
  readonly byLength: Readonly<Record<string, number>>;
  readonly lines: readonly string[];
}

const turn = 20;

/** Of the normal interval of a share, for a sample drawn without putting back. */
function marginOf(samples: number, drawn: number, planned: number): number {
  if (drawn === planned) return 0;
  const share = samples / drawn;
  return Math.ceil(1.96 * planned * Math.sqrt(((share * (1 - share)) / drawn) * (1 - drawn / planned)));
}

const summaryLine = (samples: number, drawn: number, planned: number, margin: number): string =>
  drawn === planned
    ? `${grouped(samples)} samples; a run with these settings gives the same.`
    : `${grouped(drawn)} of ${grouped(planned)} places were drawn: all give about ${grouped(Math.round((samples / drawn) * planned))} ± ${grouped(margin)} samples, less where questions repeat.`;

/** @throws InputError when no place gives a sample, as the build would. */
export async function previewMixture(
  { seed, mixture, tokenizer }: MixtureSettings,
  selection: Selection,
  context: StageContext,
): Promise<MixturePreview> {
  return await stage('dataset', context, async (progress) => {
    const { options } = await planPlaces({ selection, seed, mixture, tokenizer, context });
    const { places, draw } = openPlaces(options);
    const stride = Math.ceil(places.length / mostDrawn);
    const numbers = places.flatMap((_, number) => (number % stride === 0 ? [number] : []));
    const tally = new MixtureTally();
    for (const [done, number] of numbers.entries()) {
      const place = places[number];
      if (place !== undefined) tally.add(place, draw(number));
      if (done % turn !== 0) continue;
      progress(done, numbers.length);
      await setImmediate();
    }
    const drawn = numbers.flatMap((number) => places[number] ?? []);
    if (tally.samples === 0) throw noSamples(tally, drawn);
    const [samples, planned] = [tally.samples, places.length];
    const margin = marginOf(samples, drawn.length, planned);
    const summary = summaryLine(samples, drawn.length, planned, margin);
    const value = {
      planned,
      drawn: drawn.length,
      samples,
      margin,
      byTask: Object.fromEntries(tally.byTask),
      byLength: Object.fromEntries([...tally.byLength].sort(([a], [b]) => a - b)),
      lines: [...fillLines(tally, drawn), summary],
    };
    return { value, summary: `${samples} samples of ${drawn.length} places` };
  });
}
