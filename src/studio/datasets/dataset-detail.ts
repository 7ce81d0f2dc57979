/** @file A dataset as its page shows it: its manifest, its reviews, the audit that lies with it. */
import { readReviews } from '../../samples/reviews.ts';
import { readManifest } from '../../samples/write-dataset.ts';
import type { DatasetDetail, Place, Places } from '../shared/dataset-api.ts';
import type { DraftStore } from './draft-store.ts';
import { findAudit } from './find-audit.ts';

/** @param review Whether this studio writes reviews. @throws InputError when the dataset is damaged */
export async function datasetDetail(place: Place, drafts: DraftStore, review: boolean): Promise<DatasetDetail> {
  const { seed, tokenizer, samples } = await readManifest(place.path);
  return {
    ...place,
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
  const { samples } = await readManifest(place.path);
  return { ...place, samples, reviewed: (await readReviews(place.path)).size };
}
