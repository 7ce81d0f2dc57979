/**
 * @file What the places of a mixture came to, one line each, appended as they are drawn: a build that was killed goes on after the
 * last whole line, and shards are merged from these files without holding them in memory.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { PlaceResult } from '../construction/mixture/draw-place.ts';
import { InputError } from '../errors.ts';
import { fileError } from '../runs/files.ts';
import { readLines } from '../samples/lines.ts';

/** In the directory of a build or shard while it is under way; a shard keeps it. */
export const journalFile = 'places.jsonl';

const newline = 10;

/** Cuts off what stands after the last line end: a kill may leave half a line. */
function cutLastLine(file: string): void {
  const { size } = statSync(file);
  const block = Buffer.alloc(1 << 16);
  const handle = openSync(file, 'r');
  let end = size;
  try {
    while (end > 0) {
      const from = Math.max(0, end - block.length);
      const read = readSync(handle, block, 0, end - from, from);
      const at = block.lastIndexOf(newline, read - 1);
      end = at < 0 ? from : from + at + 1;
      if (at >= 0) break;
    }
  } finally {
    closeSync(handle);
  }
  if (end < size) truncateSync(file, end);
}

/** Without parsing prompts of a megabyte. */
const numberOf = (line: string): number => Number(/^\{"number":(\d+),.*\}$/s.exec(line)?.[1] ?? Number.NaN);

/** How many of the places are in the file. @throws InputError when it holds others. */
async function countPlaces(file: string, numbers: readonly number[]): Promise<number> {
  let done = 0;
  for await (const { line, number } of readLines(file)) {
    if (numberOf(line) !== numbers[done]) {
      const message = `${file}:${number}: is not the line of place ${numbers[done] ?? 'none'}, which comes next`;
      throw new InputError('journal-invalid', message, 'Build anew with --overwrite.');
    }
    done++;
  }
  return done;
}

export interface PlacesJournal {
  /** Places that an earlier process has drawn. */
  readonly done: number;
  append(result: PlaceResult): void;
  /** Makes all of it durable. */
  close(): void;
}

/**
 * @param numbers The places in the order in which they are drawn.
 * @throws InputError when the file holds other places, ResourceError when the disk is full.
 */
export async function openJournal(directory: string, numbers: readonly number[]): Promise<PlacesJournal> {
  const file = path.join(directory, journalFile);
  try {
    mkdirSync(directory, { recursive: true });
    const handle = openSync(file, 'a');
    cutLastLine(file);
    const done = await countPlaces(file, numbers);
    return {
      done,
      append: (result) => {
        const bytes = Buffer.from(`${JSON.stringify(result)}\n`, 'utf8');
        try {
          for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
        } catch (error) {
          throw fileError(error, file, 'write');
        }
      },
      close: () => {
        fsyncSync(handle);
        closeSync(handle);
      },
    };
  } catch (error) {
    throw fileError(error, file, 'write');
  }
}

/** The lines of a journal in order. @throws InputError when one is not JSON. */
export async function* readJournal(directory: string): AsyncGenerator<PlaceResult> {
  const file = path.join(directory, journalFile);
  for await (const { line, number } of readLines(file)) {
    try {
      yield JSON.parse(line) as PlaceResult;
    } catch (cause) {
      const message = `${file}:${number}: is not JSON`;
      throw new InputError('journal-invalid', message, 'Build this shard anew with --overwrite.', { cause });
    }
  }
}
