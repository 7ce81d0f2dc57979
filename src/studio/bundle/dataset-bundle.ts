/** @file A dataset in a bundle: the list, each sample with its proof in the prompt, the drafts behind it. */

import { datasetDetail } from '../datasets/dataset-detail.ts';
import { DatasetIndex } from '../datasets/dataset-index.ts';
import { DraftStore } from '../datasets/draft-store.ts';
import { sampleDetail } from '../datasets/sample-detail.ts';
import { thinned } from '../runs/summarise-run.ts';
import { type BundleIndex, type BundleSamples, sampleKey } from '../shared/bundle-format.ts';
import type { Place } from '../shared/dataset-api.ts';
import type { BundleFolder } from './bundle-folder.ts';

/** @param most Samples at most, evenly chosen. @throws InputError when the dataset is damaged */
export async function addDataset(folder: BundleFolder, place: Place, shown: Place, most: number): Promise<BundleIndex> {
  const [index, drafts] = [new DatasetIndex(place.path), new DraftStore(place.path)];
  await index.refresh(600_000);
  const all = await index.rows();
  const rows: BundleSamples = thinned(all, most);
  await folder.add('samples', rows);
  const replies = drafts.openReplies();
  for (const { id } of rows) {
    const found = await index.sample(id);
    if (found !== undefined) await folder.add(sampleKey(id), await sampleDetail(found, drafts, replies));
  }
  await replies.close();
  await folder.add('drafts', await drafts.all());
  const notes = rows.length < all.length ? [`This bundle holds ${rows.length} of ${all.length} samples.`] : [];
  const dataset = { ...(await datasetDetail(place, drafts, false)), ...shown };
  return { kind: 'dataset', dataset, notes };
}
