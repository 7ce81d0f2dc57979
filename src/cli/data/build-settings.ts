/**
 * @file What the flags of `data build` ask for: settings as they are saved.
 */
import path from 'node:path';
import type { ReaderName } from '../../audit/readers/readers.ts';
import type { BuildSettings } from '../../build/build-record.ts';
import type { LengthShare, MixtureName } from '../../construction/mixture/mixture.ts';
import type { Shard } from '../../construction/mixture/shard.ts';
import { defaultSizes } from '../../construction/plan.ts';
import type { QuestionLanguage } from '../../construction/questions/language.ts';
import type { QuestionPlace } from '../../construction/questions/render-prompt.ts';
import { UsageError } from '../../errors.ts';
import { taskIds } from '../../tasks/task.ts';
import type { OutputFlags } from '../shared/options.ts';

/** As commander parses them, before it is known which kind of build they ask for. */
export interface BuildFlags extends OutputFlags {
  readonly docs?: string;
  readonly licence?: string;
  readonly out: string;
  readonly seed?: number;
  readonly short?: number;
  readonly long?: number;
  readonly limit?: number;
  readonly preset?: MixtureName;
  readonly samples?: number;
  readonly lengths?: LengthShare[];
  readonly languages?: readonly QuestionLanguage[];
  readonly probes?: number;
  readonly question?: QuestionPlace;
  readonly against?: readonly ReaderName[];
  readonly shard?: Shard;
  readonly request?: string;
  readonly base?: string;
  readonly reviews?: string;
  readonly tokenizer?: string;
}

/** Where nobody gives a seed. */
export const defaultSeed = 7;

/** @throws UsageError when the flags ask for nothing, or for two kinds of build. */
export function settingsOf(flags: BuildFlags): BuildSettings {
  const {
    docs,
    licence,
    tokenizer,
    seed = defaultSeed,
    limit,
    short = defaultSizes.train,
    long = defaultSizes.long,
  } = flags;
  if (short + long === 0) {
    const message = '--short 0 --long 0: got no samples to build, expected at least one rendering';
    throw new UsageError('nothing-to-build', message);
  }
  const mixture = mixtureOf(flags);
  const heldout = short === 0 ? 0 : Math.max(taskIds.length, Math.round(short / 5));
  const cap = (size: number): number => Math.min(size, limit ?? size);
  return {
    // Absolute, so that the build can be resumed from anywhere.
    ...(docs === undefined ? {} : { docs: path.resolve(docs) }),
    ...(licence === undefined ? {} : { licence }),
    ...(tokenizer === undefined ? {} : { tokenizer: path.resolve(tokenizer) }),
    seed,
    sizes: mixture ? { train: 0, heldout: 0, long: 0 } : { train: cap(short), heldout: cap(heldout), long: cap(long) },
    ...(mixture && { mixture: { ...mixture, samples: cap(mixture.samples) } }),
  };
}

/** Places of a mixture where nobody says how many. */
const defaultPlaces = 2700;

/**
 * The mixture that is asked for; for a user's own documents it is what is built where nothing else is, and fitted to them.
 *
 * @throws UsageError when sizes of the other kind of build are given too.
 */
function mixtureOf(flags: BuildFlags): BuildSettings['mixture'] {
  const { docs, preset, samples, short, long, lengths, languages, probes, question, against } = flags;
  const further = { lengths, languages, probes, question, against };
  const given = Object.fromEntries(Object.entries(further).filter(([, value]) => value !== undefined));
  const sized = short !== undefined || long !== undefined;
  const asked = samples !== undefined || Object.keys(given).length > 0;
  if (preset === undefined && !asked && (docs === undefined || sized)) return undefined;
  if (preset !== undefined && !sized) return { preset, samples: samples ?? defaultPlaces, ...given };
  if (docs !== undefined && !sized) {
    const fit = samples === undefined ? 'sizes' : 'lengths';
    return { preset: 'balanced', samples: samples ?? defaultPlaces, fit, ...given };
  }
  const message =
    '--samples, --lengths, --languages, --probes, --question and --against go with --preset or --docs, and none of them with --short and --long';
  throw new UsageError('preset-sizes', message, 'Give --preset balanced --samples 2700, or --short and --long.');
}

/** @throws UsageError when settings stand beside `--resume`. */
export function checkResume(out: string, flags: BuildFlags): void {
  const { docs, licence, tokenizer, seed, short, long, limit, preset, samples, resume } = flags;
  const { lengths, languages, probes, question, against } = flags;
  const mixture = [preset, samples, lengths, languages, probes, question, against];
  const given = [docs, licence, tokenizer, seed, short, long, limit, ...mixture].some((value) => value !== undefined);
  if (resume === undefined || !given) return;
  const message = '--resume takes the settings of the build; it goes with no other setting.';
  throw new UsageError('resume-fixed', message, `Resume with: golongrl data build --resume ${out}`);
}
