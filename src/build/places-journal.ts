/**
 * @file What the places of a mixture came to, one line each, appended as they are drawn: a build that was killed goes on after the
 * last whole line, and shards are merged from these files without holding them in memory. Each line bears a checksum over itself and
 * the line before, so that none can be changed, left out or exchanged unnoticed, before a resumption or after it.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { PlaceResult } from '../construction/mixture/draw-place.ts';
import { sha256 } from '../corpus/make-document.ts';
import { InputError } from '../errors.ts';
import { fileError } from '../storage/files.ts';
import { readLines } from '../storage/lines.ts';

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

/** A result with its checksum; `result` is last, so that its text can be had without parsing prompts of a megabyte. */
const linePattern = /^\{"number":(\d+),"check":"([0-9a-f]{16})","result":(\{.*\})\}$/s;

const checkOf = (before: string, result: string): string => sha256(`${before} ${result}`).slice(0, 16);

interface JournalLine {
  readonly number: number;
  readonly check: string;
  /** JSON of the result. */
  readonly result: string;
}

/** The lines of a journal in order. @throws InputError naming the line that is not as it was written. */
async function* journalLines(file: string): AsyncGenerator<JournalLine> {
  let before = '';
  for await (const { line, number: at } of readLines(file)) {
    const [, number = '', check = '', result = ''] = linePattern.exec(line) ?? [];
    if (number === '' || check !== checkOf(before, result)) {
      const why = number === '' ? 'is no line of a journal' : `place ${number} is not as it was written (checksum)`;
      throw new InputError('journal-damaged', `${file}:${at}: ${why}`, 'Build it anew with --overwrite.');
    }
    yield { number: Number(number), check, result };
    before = check;
  }
}

/** How many of the places are in the file, and its last checksum. @throws InputError when it holds others. */
async function readThrough(file: string, numbers: readonly number[]): Promise<{ done: number; check: string }> {
  let [done, check] = [0, ''];
  for await (const line of journalLines(file)) {
    if (line.number !== numbers[done]) {
      const message = `${file}:${done + 1}: is not the line of place ${numbers[done] ?? 'none'}, which comes next`;
      throw new InputError('journal-invalid', message, 'Build anew with --overwrite.');
    }
    done++;
    check = line.check;
  }
  return { done, check };
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
    const { done, ...last } = await readThrough(file, numbers);
    let { check } = last;
    return {
      done,
      append: (result) => {
        const text = JSON.stringify(result);
        check = checkOf(check, text);
        const bytes = Buffer.from(`{"number":${result.number},"check":"${check}","result":${text}}\n`, 'utf8');
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

/** The results of a journal in order. @throws InputError naming the line that is not as it was written. */
export async function* readJournal(directory: string): AsyncGenerator<PlaceResult> {
  for await (const { result } of journalLines(path.join(directory, journalFile)))
    yield JSON.parse(result) as PlaceResult;
}
