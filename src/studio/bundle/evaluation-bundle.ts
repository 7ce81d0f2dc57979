/** @file Evaluations of benchmarks in a bundle: scores, samples with responses and the judge's words, published figures, one held against the others. */
import { depthBin, lengthBin } from '../../evaluation/run/summary.ts';
import { evaluationDetail, publishedBeside } from '../evaluations/evaluation-detail.ts';
import { evaluationPair } from '../evaluations/evaluation-pair.ts';
import { OpenEvaluation } from '../evaluations/open-evaluation.ts';
import { ScoredReplies, scoredDetail, scoredPage } from '../evaluations/scored-samples.ts';
import {
  againstKey,
  type BundleIndex,
  type BundleScored,
  publishedKey,
  scoredInFile,
  scoredKey,
  scoredPartKey,
} from '../shared/bundle-format.ts';
import type { Place } from '../shared/dataset-api.ts';
import type { PublishedBeside, ScoredDetail } from '../shared/evaluation-api.ts';
import type { BundleFolder } from './bundle-folder.ts';

async function addScored(folder: BundleFolder, open: OpenEvaluation, id: string): Promise<void> {
  const everything = { benchmark: '', state: '', length: '', depth: '', words: '', offset: 0 };
  const { rows } = await scoredPage(open, { ...everything, limit: Number.POSITIVE_INFINITY });
  const binned = rows.map((row) => ({
    ...row,
    bins: { length: lengthBin(row.characters), depth: row.depth === null ? '' : depthBin(row.depth) },
  }));
  await folder.add(scoredKey(id), { rows: binned } satisfies BundleScored);
  const replies = new ScoredReplies(open);
  for (let from = 0; from < rows.length; from += scoredInFile) {
    const part: (ScoredDetail | undefined)[] = [];
    for (const row of rows.slice(from, from + scoredInFile)) part.push(await scoredDetail(open, row, replies));
    await folder.add(scoredPartKey(id, from / scoredInFile), part);
  }
  await replies.close();
}

/** @param shown The same places with the paths that are told. @throws InputError when one is damaged, UsageError when two share no item */
export async function addEvaluations(
  folder: BundleFolder,
  places: readonly Place[],
  shown: readonly Place[],
): Promise<BundleIndex> {
  const open = places.map((place) => new OpenEvaluation(place));
  const evaluations = [];
  for (const [i, evaluation] of open.entries()) {
    const told = shown[i] ?? evaluation.place;
    const others = i === 0 ? shown.slice(1) : [];
    const detail = { ...(await evaluationDetail(evaluation, others)), ...told, others };
    evaluations.push(detail);
    await addScored(folder, evaluation, told.id);
    const published: Record<string, PublishedBeside> = {};
    for (const model of detail.published) published[model] = await publishedBeside(evaluation, model);
    await folder.add(publishedKey(told.id), published);
  }
  const [first, ...others] = open;
  for (const other of first === undefined ? [] : others) {
    const pair = await evaluationPair(first as OpenEvaluation, other);
    await folder.add(againstKey(shown[0]?.id ?? '', other.place.id), pair);
  }
  return { kind: 'evaluation', evaluations, notes: [] };
}
