/** @file A dataset as its page shows it: its manifest, its reviews, the audit that lies with it. */
import { readReviews } from '../../samples/reviews.ts';
import { readManifest } from '../../samples/write-dataset.ts';
import type { DatasetDetail, Place, Places } from '../shared/dataset-api.ts';
import { buildProgress, isBuilt } from './build-progress.ts';
import type { DraftStore } from './draft-store.ts';
import { findAudit } from './find-audit.ts';

const unbuilt = { seed: 0, tokenizer: '', samples: 0 };

/** @param review Whether this studio writes reviews. @throws InputError when the dataset is damaged */
export async function datasetDetail(place: Place, drafts: DraftStore, review: boolean): Promise<DatasetDetail> {
  const { seed, tokenizer, samples } = isBuilt(place.path) ? await readManifest(place.path) : unbuilt;
  return {
    ...place,
    building: await buildProgress(place.path),
    seed,
    tokenizer,
    samples,
    review,
    reviews: [...(await readReviews(place.path)).values()],
    ...(await findAudit(place.path)),
    drafts: (await drafts.all()).rows.length,
  };
}

/** The line of a dataset in the list. */
export async function datasetLine(place: Place): Promise<Places['datasets'][number]> {
  const { samples } = isBuilt(place.path) ? await readManifest(place.path) : unbuilt;
  const building = await buildProgress(place.path);
  return { ...place, samples, reviewed: (await readReviews(place.path)).size, building };
}
