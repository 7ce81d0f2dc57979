/**
 * @file What the flags of `data build` ask for, and the documents that it starts from.
 */
import path from 'node:path';
import type { BuildSettings } from '../../build/build-record.ts';
import { corpusStage } from '../../build/make-dataset.ts';
import type { MixtureName } from '../../construction/mixture/mixture.ts';
import { countWorks, leastWorks } from '../../construction/split.ts';
import type { Selection } from '../../corpus/filter.ts';
import { selectPackagedDocuments } from '../../corpus/load-corpus.ts';
import { selectOwnDocuments } from '../../corpus/own-documents.ts';
import { UsageError } from '../../errors.ts';
import { quickstartSizes } from '../../experiment/quickstart.ts';
import type { OnExperimentEvent, StageContext } from '../../runs/events.ts';
import { isUnknownLicence } from '../../samples/licence.ts';
import { taskIds } from '../../tasks/task.ts';
import type { OutputFlags } from '../shared/options.ts';

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
}

export function settingsOf(flags: BuildFlags): BuildSettings {
  const { docs, licence, seed = 7, limit, short = quickstartSizes.train, long = quickstartSizes.long } = flags;
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
    seed,
    sizes: mixture ? { train: 0, heldout: 0, long: 0 } : { train: cap(short), heldout: cap(heldout), long: cap(long) },
    ...(mixture && { mixture: { ...mixture, samples: cap(mixture.samples) } }),
  };
}

/** @throws UsageError when sizes of the other kind of build are given too. */
function mixtureOf({ preset, samples, short, long }: BuildFlags): BuildSettings['mixture'] {
  if (preset === undefined && samples === undefined) return undefined;
  if (preset !== undefined && short === undefined && long === undefined) return { preset, samples: samples ?? 2700 };
  const message = '--preset and --samples go together and without --short and --long';
  throw new UsageError('preset-sizes', message, 'Give --preset balanced --samples 2700, or --short and --long.');
}

/** @throws UsageError when settings stand beside `--resume`. */
export function checkResume(out: string, flags: BuildFlags): void {
  const { docs, licence, seed, short, long, limit, preset, samples, resume } = flags;
  const given = [docs, licence, seed, short, long, limit, preset, samples].some((value) => value !== undefined);
  if (resume === undefined || !given) return;
  const message = '--resume takes the settings of the build; it goes with no other setting.';
  throw new UsageError('resume-fixed', message, `Resume with: golongrl data build --resume ${out}`);
}

/** The documents of the build, and what a person should know of them before it. */
export async function selectDocumentsOf(
  { docs, licence, sizes }: BuildSettings,
  context: StageContext,
): Promise<Selection> {
  const purpose = sizes.train + sizes.heldout + sizes.long === 0 ? 'readings' : 'dossiers';
  const own = { ...(licence === undefined ? {} : { licence }), purpose } as const;
  const selection = await corpusStage(context, () =>
    docs === undefined ? selectPackagedDocuments() : selectOwnDocuments(docs, own),
  );
  notices(selection, context.onEvent);
  return selection;
}

/** Files that are named one by one. */
const shownFiles = 5;

function notices({ kept, refused }: Selection, onEvent: OnExperimentEvent): void {
  const files = refused.filter(({ criterion }) => criterion === 'file');
  const tell = (text: string): void => onEvent({ type: 'notice', text });
  for (const { id, reason } of files.slice(0, shownFiles)) tell(`${id} is left out: ${reason}.`);
  if (files.length > shownFiles) tell(`${files.length - shownFiles} more files are left out; report.json names them.`);
  const works = countWorks(kept);
  if (works > 0 && works < leastWorks)
    tell(
      `With ${works} text${works === 1 ? '' : 's'}, parts of one stand in both splits; from ${leastWorks} on, whole texts are held out.`,
    );
  if (kept.some(({ licence }) => isUnknownLicence(licence)))
    tell('The licence of these documents is unknown and the dataset card says so. State it with --licence.');
}
