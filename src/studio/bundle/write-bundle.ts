/** @file A run, a dataset or evaluations as a folder of static files: the studio's own pages with their data beside them, for a colleague, a web server or an archive. */
import path from 'node:path';
import { UsageError } from '../../errors.ts';
import { kindOfFolder, runId } from '../runs/find-runs.ts';
import type { Place } from '../shared/dataset-api.ts';
import { BundleFolder } from './bundle-folder.ts';

/** What goes into a bundle. */
export interface BundleOptions {
  /** A run, a dataset or an evaluation. */
  readonly folder: string;
  /** Must not exist, or hold a bundle. */
  readonly out: string;
  /** Rollouts at most; of a longer run evenly chosen steps, the first and the last among them. */
  readonly rollouts?: number;
  /** Samples of a dataset at most, evenly chosen. */
  readonly samples?: number;
  /** Evaluations that this one is held against. */
  readonly against?: readonly string[];
}

/** What a bundle came to. */
export interface BundleSummary {
  readonly files: number;
  readonly notes: readonly string[];
}

const placeOf = (folder: string): Place => ({
  id: runId(folder),
  name: path.basename(path.resolve(folder)),
  path: folder,
});
/** Whoever gets the bundle has other folders. */
const shownOf = (place: Place): Place => ({ ...place, path: place.name });

/** Writes it. @throws UsageError when the folder is in the way or holds nothing of the kind, InputError when it is damaged, ResourceError when the disk is full. */
export async function writeBundle({
  folder,
  out,
  rollouts = 20_000,
  samples = 1000,
  against = [],
}: BundleOptions): Promise<BundleSummary> {
  const kind = await kindOfFolder(folder);
  const bundle = await BundleFolder.open(out);
  const place = placeOf(folder);
  const index = async () => {
    if (kind === 'runs') return await (await import('./run-bundle.ts')).addRun(bundle, place, shownOf(place), rollouts);
    if (kind === 'datasets')
      return await (await import('./dataset-bundle.ts')).addDataset(bundle, place, shownOf(place), samples);
    if (kind === 'evaluations') {
      const places = [place, ...against.map(placeOf)];
      return await (await import('./evaluation-bundle.ts')).addEvaluations(bundle, places, places.map(shownOf));
    }
    throw new UsageError(
      'bundle-nothing',
      `${folder}: holds no run, no dataset and no evaluation.`,
      'Name the folder that run.json or manifest.json lies in.',
    );
  };
  const found = await index();
  await bundle.end(found);
  return { files: bundle.files, notes: found.notes };
}
