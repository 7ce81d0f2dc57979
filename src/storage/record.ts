/** @file Records: one JSON value a file, with a schema. They are replaced as a whole, so that a reader sees the old one or the new one. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type GolongrlError, InputError } from '../errors.ts';
import { errorCode, fileError, writeFileAtomic } from './files.ts';
import { damaged, type FileKind, parseJson } from './parse-json.ts';

/** Name, code and hint of the errors, as for journals. */
export interface RecordKind extends FileKind {
  /** The error where there is no such file. Default: `file-missing`, with the hint. */
  readonly missing?: GolongrlError;
}

/** The record in a file, undefined where there is none. @throws InputError `kind.code` when it is damaged or of another version. */
export async function findRecord<T>(file: string, schema: z.ZodType<T>, kind: FileKind): Promise<T | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return undefined;
    throw fileError(error, file, 'read');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw damaged(file, kind, 'it is not text', error);
  }
  return parseJson(text, file, schema, kind);
}

/** @throws InputError `kind.code` when it is damaged or of another version; `kind.missing` when there is none. */
export async function readRecord<T>(file: string, schema: z.ZodType<T>, kind: RecordKind): Promise<T> {
  const record = await findRecord(file, schema, kind);
  if (record !== undefined) return record;
  throw kind.missing ?? new InputError('file-missing', `Cannot read ${file}: there is no such file.`, kind.hint);
}

/** Writes a record as people read it: indented. @throws ResourceError when the disk is full. */
export async function writeRecord(file: string, record: unknown): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(record, undefined, 2)}\n`);
}
