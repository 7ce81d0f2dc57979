/**
 * @file Files of lines, written in one pass without holding them in memory, and atomically: a reader sees the old file or
 * the new one.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileError } from '../runs/files.ts';

/** What a manifest says of a file. */
export interface FileSummary {
  readonly bytes: number;
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string;
}

const bufferSize = 1 << 20;

/**
 * Writes lines, a line end after each.
 *
 * @throws ResourceError when the disk is full; the old file, if any, is still there then.
 */
export async function writeLines(file: string, lines: Iterable<string> | AsyncIterable<string>): Promise<FileSummary> {
  const temporary = `${file}.partial`;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      let waiting: string[] = [];
      let size = 0;
      const flush = async (): Promise<void> => {
        const chunk = Buffer.from(waiting.join(''), 'utf8');
        waiting = [];
        size = 0;
        hash.update(chunk);
        bytes += chunk.length;
        await handle.writeFile(chunk);
      };
      for await (const line of lines) {
        waiting.push(line, '\n');
        size += line.length;
        if (size >= bufferSize) await flush();
      }
      await flush();
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, file, 'write');
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Characters read ahead at most; a prompt can be megabytes, so lines are not what to count. */
const readSize = 1 << 18;

/**
 * The lines of a UTF-8 file with their numbers, from 1. Empty lines are left out. Only `\n` (after `\r` or not) ends a line: JSON
 * may hold other line separators. No more than a chunk is read before the lines of the last one are taken.
 */
export async function* readLines(file: string): AsyncGenerator<{ readonly line: string; readonly number: number }> {
  let number = 0;
  const parts: string[] = [];
  const take = (tail: string) => {
    const line = (parts.splice(0).join('') + tail).replace(/\r$/, '');
    number++;
    return line.trim() === '' ? undefined : { line, number };
  };
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: readSize })) {
      const text = String(chunk);
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        const taken = take(text.slice(from, at));
        from = at + 1;
        if (taken !== undefined) yield taken;
      }
      if (from < text.length) parts.push(text.slice(from));
    }
    const last = take('');
    if (last !== undefined) yield last;
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}
