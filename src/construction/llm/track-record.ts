/**
 * @file What a build of the LLM track was begun with, beside its replies, so that a resumed build cannot become the mixture of two. What
 * only changes pace, price or place may change between the runs: an endpoint is known by its name and model, and may move.
 */
import path from 'node:path';
import { z } from 'zod';
import type { Document } from '../../corpus/document.ts';
import { sha256 } from '../../corpus/make-document.ts';
import { InputError, UsageError } from '../../errors.ts';
import { readRecord, writeRecord } from '../../storage/record.ts';
import type { LlmTrackConfig } from './config.ts';

const recordSchema = z.strictObject({
  /** Hash over ids, contents and licences of the documents, in order. */
  documents: z.string(),
  settings: z
    .record(z.string(), z.string())
    .describe('Dotted path of each setting that replies or samples follow from.'),
});

/** What must be the same when a build is resumed; values of settings are JSON. */
export type TrackRecord = z.infer<typeof recordSchema>;

/** Settings that may differ in a resumed build. */
const free =
  /^(?:out|work|docs|parallel|attempts|budget|endpoints\.[^.]+\.(?:url|apiKeyEnv|timeoutSeconds|idleSeconds|stream|price|thinkingTokens))(?:\.|$)/;

function* leaves(value: unknown, at: string): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null) yield [at, JSON.stringify(value) ?? 'nothing'];
  else for (const [name, field] of Object.entries(value)) yield* leaves(field, at === '' ? name : `${at}.${name}`);
}

/** @param documents Hash of what the work is done on. */
export function settingsRecord(settings: unknown, documents: string): TrackRecord {
  const fixed = [...leaves(settings, '')].filter(([at, value]) => !free.test(at) && value !== 'nothing');
  return { documents, settings: Object.fromEntries(fixed) };
}

/** The record of a build with this configuration over these documents, whose order counts. */
export function trackRecord(config: LlmTrackConfig, documents: readonly Document[]): TrackRecord {
  const lines = documents.map(({ id, sha256: hash, licence }) => `${id} ${hash} ${licence}`);
  return settingsRecord(config, sha256(lines.join('\n')));
}

const fileOf = (work: string): string => path.join(work, 'build.json');

/** Writes `build.json` into the work directory. */
export async function writeTrackRecord(work: string, record: TrackRecord): Promise<void> {
  await writeRecord(fileOf(work), record);
}

const hint = 'Restore what has changed, or build anew with --overwrite: replies to equal requests are kept.';

/** @throws UsageError when there is nothing to resume, InputError naming each setting that has changed. */
export async function checkSameTrack(work: string, now: TrackRecord): Promise<void> {
  const saved = await readRecord(fileOf(work), recordSchema, {
    name: 'the record of a build',
    code: 'build-record-invalid',
    missing: new UsageError('nothing-to-resume', `--resume: ${work} holds no build`, 'Build without --resume.'),
    hint,
  });
  const names = [...new Set([...Object.keys(saved.settings), ...Object.keys(now.settings)])];
  const changed = names.filter((name) => saved.settings[name] !== now.settings[name]);
  const told = changed.map((name) => {
    const [before = 'nothing', after = 'nothing'] = [saved.settings[name], now.settings[name]];
    return `${name} was ${before}, is ${after}`;
  });
  if (told.length > 0)
    throw new InputError('config-changed', `The settings have changed since the build began: ${told.join('; ')}`, hint);
  if (saved.documents !== now.documents)
    throw new InputError('documents-changed', 'The documents have changed since the build began.', hint);
}
