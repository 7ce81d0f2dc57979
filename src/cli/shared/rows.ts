/**
 * @file Rows in and out of a command: they stream through, bad rows are reported with file and line and stop nothing.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../errors.ts';
import { readFileRows, rowError } from '../../records/read-rows.ts';
import type { RowValue } from '../../records/reader.ts';
import { fileError } from '../../storage/files.ts';
import type { Terminal } from './terminal.ts';

/** One row of the input: its value, or why it has none. */
export type Row<T> = { readonly line: number; readonly value: T } | { readonly line: number; readonly error: string };

function rowOf<T>(line: number, value: RowValue, read: (row: RowValue) => T): Row<T> {
  try {
    return { line, value: read(value) };
  } catch (error) {
    return { line, error: messageOf(error) };
  }
}

/**
 * The rows of a file of any format that golongrl/records reads, in order; a name that ends otherwise is read as JSON lines. `read` throws
 * what is wrong with a row.
 *
 * @throws InputError when the file cannot be read, or not to its end.
 */
export async function* readRows<T>(
  file: string,
  read: (row: RowValue) => T,
  encoding?: string,
): AsyncGenerator<Row<T>> {
  for await (const item of readFileRows(file, { otherwise: 'jsonl', encoding }))
    if (item.type === 'row') yield rowOf(item.line, item.value, read);
    else if (item.line === undefined) throw rowError(item);
    else yield { line: item.line, error: item.reason };
}

/** Where result rows go: a file that appears when complete, or stdout. */
export interface RowWriter {
  write(row: unknown): Promise<void>;
  /** Publishes the file. */
  finish(): Promise<void>;
  /** Removes what was written so far. */
  abandon(): Promise<void>;
}

/** @throws ResourceError when the file cannot be written. */
export async function openRows(out: string | undefined, terminal: Terminal): Promise<RowWriter> {
  if (out === undefined) {
    const nothing = async (): Promise<void> => undefined;
    return { write: async (row) => terminal.out(`${JSON.stringify(row)}\n`), finish: nothing, abandon: nothing };
  }
  const partial = `${out}.partial`;
  await mkdir(path.dirname(path.resolve(out)), { recursive: true });
  const stream = createWriteStream(partial);
  let failure: unknown;
  stream.on('error', (error) => {
    failure = error;
  });
  const check = (): void => {
    if (failure !== undefined) throw fileError(failure, out, 'write');
  };
  return {
    write: async (row) => {
      check();
      // An error ends the wait too, and stands in `failure`; the wait takes its listeners with it.
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain').catch(check);
      check();
    },
    finish: async () => {
      await new Promise<void>((resolve) => stream.end(() => resolve()));
      check();
      await rename(partial, out);
    },
    abandon: async () => {
      stream.destroy();
      await rm(partial, { force: true });
    },
  };
}

/** Consecutive rows in chunks of at most `size`. */
export async function* chunks<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
