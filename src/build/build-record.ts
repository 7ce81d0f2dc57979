/**
 * @file The record of a `data build` under way, so that a killed one can be completed by `--resume` without repeating its
 * settings. The build of the quickstart's kind starts over: its samples are a function of the documents, the seed and the version of
 * this package, drawn at hundreds a second, and a journal of half a build would have to restore quotas, duplicates and the log of
 * the gates to save those seconds. Mixtures go on in their journal of places (`places-journal.ts`). Files already written stay until the same bytes replace them. What must not happen is that a
 * resumed build mixes two states of the documents, so their fingerprint is in the record.
 */

import path from 'node:path';
import { z } from 'zod';
import { readerNames } from '../audit/readers/readers.ts';
import { fitNames } from '../construction/mixture/fit-mixture.ts';
import { mixtureNames } from '../construction/mixture/mixture.ts';
import { questionLanguages } from '../construction/questions/language.ts';
import { questionPlaces } from '../construction/questions/render-prompt.ts';
import type { Selection } from '../corpus/filter.ts';
import { sha256 } from '../corpus/make-document.ts';
import { InputError } from '../errors.ts';
import { buildRecordFile } from '../samples/write-dataset.ts';
import { readRecord, writeRecord } from '../storage/record.ts';

/** What `--resume` takes up again; strict, so that a record of another version is refused. */
export const buildSettingsSchema = z.strictObject({
  /** Absolute path of the user's documents; absent for those that come with the package. */
  docs: z.string().optional(),
  licence: z.string().optional(),
  seed: z.int(),
  sizes: z.strictObject({ train: z.int(), heldout: z.int(), long: z.int() }),
  /** Absolute path of the tokenizer that counts prompts; the estimate without it. */
  tokenizer: z.string().optional(),
  /** A mixture in the place of the sizes. */
  mixture: z
    .strictObject({
      preset: z.enum(mixtureNames),
      samples: z.int(),
      /** What is fitted to the documents. */
      fit: z.enum(fitNames).optional(),
      lengths: z
        .array(z.strictObject({ tokens: z.int(), weight: z.number() }))
        .readonly()
        .optional(),
      languages: z.array(z.enum(questionLanguages)).readonly().optional(),
      probes: z.number().min(0).max(1).optional(),
      question: z.enum(questionPlaces).optional(),
      against: z.array(z.enum(readerNames)).readonly().optional(),
    })
    .optional(),
});
/** What decides the bytes of a dataset besides the documents and the version. */
export type BuildSettings = z.infer<typeof buildSettingsSchema>;

/** `build.json` in the folder of an unfinished dataset; `version` is that of the package that began it. */
export const buildRecordSchema = z.strictObject({
  version: z.string(),
  /** Hash over ids and contents of the documents kept, in order. */
  documents: z.string(),
  settings: buildSettingsSchema,
});
/** The same, read and checked. */
export type BuildRecord = z.infer<typeof buildRecordSchema>;

/** SHA-256 in hex over id, content hash and licence of each document kept: their order counts. */
export function documentsFingerprint({ kept }: Selection): string {
  return sha256(kept.map((document) => `${document.id} ${document.sha256} ${document.licence}`).join('\n'));
}

/** @throws ResourceError when the disk is full or the folder may not be written: before the work, not after it. */
export async function writeBuildRecord(directory: string, record: BuildRecord): Promise<void> {
  await writeRecord(path.join(directory, buildRecordFile), record);
}

/** @throws InputError when there is none or it is damaged. */
export function readBuildRecord(directory: string): Promise<BuildRecord> {
  const hint = 'Build anew with --overwrite.';
  return readRecord(path.join(directory, buildRecordFile), buildRecordSchema, {
    name: 'the record of a build of this version',
    code: 'build-record-invalid',
    missing: new InputError('nothing-to-resume', `${directory}: holds no build that could be resumed`, hint),
    hint,
  });
}

/** @throws InputError when the build would not give what the interrupted one would have given. */
export function checkSameBuild(saved: BuildRecord, now: BuildRecord): void {
  const hint = 'Build anew with --overwrite.';
  if (saved.version !== now.version) {
    const message = `the build was begun by golongrl ${saved.version}, this is ${now.version}`;
    throw new InputError('build-version', message, hint);
  }
  if (saved.documents !== now.documents) {
    const place = saved.settings.docs ?? 'the packaged documents';
    throw new InputError('documents-changed', `${place}: the documents have changed since the build began`, hint);
  }
}
