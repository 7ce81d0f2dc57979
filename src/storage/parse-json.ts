/**
 * @file JSON that lies on disk, read against a schema: the one parser of records and journals. What is wrong is told by its place: the
 * line and column where it is no JSON, the field where it is another thing.
 */
import type { z } from 'zod';
import { InputError } from '../errors.ts';
import { printable } from '../printable.ts';

/** What a file is when it is whole, and what to do when it is not. */
export interface FileKind {
  /** In words, e.g. `the record of a build`. */
  readonly name: string;
  /** Code of the error about a damaged one. */
  readonly code: string;
  /** The way out. */
  readonly hint: string;
}

/** @param place The file, or the file and the line: `FILE:3`. */
export function damaged(place: string, kind: FileKind, why: string, cause?: unknown): InputError {
  return new InputError(kind.code, `${place}: is not ${kind.name}: ${why}`, kind.hint, { cause });
}

/** Where JSON.parse stopped. Its own words quote the text, which may be anything. */
function syntaxOf(text: string, error: unknown): string {
  const [, at] = /position (\d+)/.exec(String(error)) ?? [];
  const position = Number(at);
  if (/end of JSON input/.test(String(error)) || position >= text.trimEnd().length) return 'it ends too early';
  // Of short texts it does not say where.
  if (at === undefined) return 'it is not JSON';
  const before = text.slice(0, position).split('\n');
  return `it is not JSON from line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

const fieldsOf = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`)
    .join('; ');

/**
 * The value of a text.
 *
 * @throws InputError that names the place, and the field or the position in it.
 */
export function parseJson<T>(text: string, place: string, schema: z.ZodType<T>, kind: FileKind): T {
  if (text.trim() === '') throw damaged(place, kind, 'it is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(place, kind, syntaxOf(text, error), error);
  }
  const read = schema.safeParse(value);
  if (!read.success) throw damaged(place, kind, printable(fieldsOf(read.error)), read.error);
  return read.data;
}
