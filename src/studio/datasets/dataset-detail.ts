/** @file A dataset as its page shows it: its manifest, its reviews, the audit that lies with it. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AuditReport } from '../../audit/report.ts';
import { messageOf } from '../../errors.ts';
import { readReviews } from '../../samples/reviews.ts';
import { auditFile, readManifest } from '../../samples/write-dataset.ts';
import { trusted } from '../../storage/journal-line.ts';
import { readRecord } from '../../storage/record.ts';
import type { DatasetDetail, Place, Places } from '../shared/dataset-api.ts';
import type { DraftStore } from './draft-store.ts';

const reportSchema = trusted<AuditReport>({
  samples: z.number(),
  groups: z.array(z.looseObject({ task: z.string(), generator: z.string() })),
  worst: z.array(z.looseObject({ id: z.string() })),
  over: z.array(z.string()),
});

/** Where `golongrl audit DATASET --out FILE` may have written: in the dataset, or beside it. */
const auditPlaces = (dataset: string): string[] => [path.join(dataset, auditFile), `${dataset}-audit.json`];

async function findAudit(dataset: string): Promise<Pick<DatasetDetail, 'audit' | 'auditProblem'>> {
  const file = auditPlaces(dataset).find((place) => existsSync(place));
  if (file === undefined) return { audit: undefined };
  const made = (place: string) => statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  try {
    const hint = `Make it again: golongrl audit ${dataset} --out ${file}`;
    const report = await readRecord(file, reportSchema, { name: 'an audit', code: 'audit-invalid', hint });
    return { audit: { file, report, stale: made(file) < made(path.join(dataset, 'manifest.json')) } };
  } catch (error) {
    return { audit: undefined, auditProblem: messageOf(error) };
  }
}

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
