/**
 * @file The original files of a benchmark: where they lie, which they were, and what their records must have.
 */
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import type { RowValue } from '../records/reader.ts';
import { fileError } from '../storage/files.ts';

async function* walk(folder: string, depth: number): AsyncGenerator<string> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 0) yield* walk(place, depth - 1);
    } else yield place;
  }
}

/**
 * The files of a benchmark under a path: the path itself where it is a file, else those whose names match, packed (`.gz`) or not.
 *
 * @throws InputError naming what was looked for
 */
export async function findFiles(place: string, names: RegExp, described: string): Promise<string[]> {
  const kind = await stat(place).catch((error: unknown) => {
    throw fileError(error, place, 'read');
  });
  if (kind.isFile()) return [place];
  const found: string[] = [];
  for await (const file of walk(place, 3)) if (names.test(path.basename(file).replace(/\.gz$/i, ''))) found.push(file);
  if (found.length > 0) return found;
  throw new InputError('data-missing', `${place}: got no file named as expected (${described}).`);
}

/** SHA-256 of a file, in hexadecimal. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const kinds = { string: 'text', number: 'a number', array: 'a list', object: 'an object' } as const;

function need(record: RowValue, name: string, place: string, kind: keyof typeof kinds): unknown {
  const value = record[name];
  const got = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (got === kind) return value;
  const found = value === undefined ? 'missing' : got;
  throw new InputError(
    'record-corrupt',
    `${place}: field "${name}" is ${found}, expected ${kinds[kind]}`,
    'Fetch the file again; its hash is in the README of its source.',
  );
}

/** Fields with the type that a benchmark needs. @throws InputError naming file, record and field */
export const fieldsOf = (record: RowValue, place: string) => ({
  text: (name: string): string => need(record, name, place, 'string') as string,
  number: (name: string): number => need(record, name, place, 'number') as number,
  list: (name: string): readonly unknown[] => need(record, name, place, 'array') as readonly unknown[],
  texts: (name: string): readonly string[] => (need(record, name, place, 'array') as readonly unknown[]).map(String),
  /** Text of a field that may be absent or of another type. */
  maybe: (name: string): string => {
    const value = record[name];
    return typeof value === 'object' || value === undefined ? '' : String(value);
  },
});
