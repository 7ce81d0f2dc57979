/** @file The audit that lies with a dataset. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AuditReport } from '../../audit/report.ts';
import { messageOf } from '../../errors.ts';
import { auditFile } from '../../samples/write-dataset.ts';
import { trusted } from '../../storage/journal-line.ts';
import { readRecord } from '../../storage/record.ts';
import type { DatasetDetail } from '../shared/dataset-api.ts';

const reportSchema = trusted<AuditReport>({
  samples: z.number(),
  groups: z.array(z.looseObject({ task: z.string(), generator: z.string() })),
  worst: z.array(z.looseObject({ id: z.string() })),
  over: z.array(z.string()),
});

/** Where `golongrl audit DATASET --out FILE` may have written: in the dataset, or beside it. */
const auditPlaces = (dataset: string): string[] => [path.join(dataset, auditFile), `${dataset}-audit.json`];

/** None where there is none, or one that cannot be read: that is told. */
export async function findAudit(dataset: string): Promise<Pick<DatasetDetail, 'audit' | 'auditProblem'>> {
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
