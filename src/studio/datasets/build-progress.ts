/** @file How far a build is whose dataset is not whole yet: its record says how many samples it will have, its journal how many places are drawn. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { buildRecordFile, manifestFile } from '../../samples/write-dataset.ts';
import { trusted } from '../../storage/journal-line.ts';
import { readRecord } from '../../storage/record.ts';
import { countLines } from '../index/count-lines.ts';
import type { BuildProgress } from '../shared/dataset-api.ts';

interface BuildSizes {
  readonly settings: {
    readonly sizes: { readonly train: number; readonly heldout: number; readonly long: number };
    readonly mixture?: { readonly samples: number };
  };
}
const sizes = trusted<BuildSizes>({ settings: z.looseObject({ sizes: z.looseObject({}) }) });

/** Whether a folder holds a dataset that can be read. */
export const isBuilt = (dataset: string): boolean => existsSync(path.join(dataset, manifestFile));

/** Undefined where no build is under way. @throws InputError when its record is damaged */
export async function buildProgress(dataset: string): Promise<BuildProgress | undefined> {
  const file = path.join(dataset, buildRecordFile);
  if (!existsSync(file)) return undefined;
  const { settings } = await readRecord(file, sizes, {
    name: 'the record of a build',
    code: 'build-record-invalid',
    hint: 'Build anew with --overwrite.',
  });
  const { train, heldout, long } = settings.sizes;
  return {
    // Builds of the quickstart's kind keep no journal.
    done: settings.mixture === undefined ? undefined : await countLines(path.join(dataset, 'places.jsonl')),
    of: settings.mixture?.samples ?? train + heldout + long,
  };
}
