/** @file Reading the record that a folder of a build or a shard carries. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { InputError } from '../errors.ts';
import { fileError } from './files.ts';

/**
 * @param about what the record is of, and the error of a folder without one.
 * @throws InputError `<kind>-record-invalid` when it is damaged or of another version.
 */
export async function readRecord<Schema extends z.ZodType>(
  directory: string,
  {
    file,
    schema,
    ...about
  }: {
    readonly file: string;
    readonly schema: Schema;
    readonly kind: 'build' | 'shard';
    readonly missing: { readonly code: string; readonly text: string };
    readonly hint: string;
  },
): Promise<z.infer<Schema>> {
  const { kind, missing, hint } = about;
  const target = path.join(directory, file);
  let text: string;
  try {
    text = await readFile(target, 'utf8');
  } catch (error) {
    const failure = fileError(error, target, 'read');
    if (!(failure instanceof InputError)) throw failure;
    throw new InputError(missing.code, `${directory}: ${missing.text}`, hint, { cause: error });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const message = `${target}: is not the record of a ${kind} of this version`;
    throw new InputError(`${kind}-record-invalid`, message, hint, { cause });
  }
}
