/**
 * @file Files of lines, written in one pass without holding them in memory, and atomically: a reader sees the old file or
 * the new one.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
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

/** The lines of a UTF-8 file with their numbers, from 1. Empty lines are left out. */
export async function* readLines(file: string): AsyncGenerator<{ readonly line: string; readonly number: number }> {
  const stream = createReadStream(file, 'utf8');
  // The error of a missing file surfaces through the stream, not through the line reader.
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  failed.catch(() => undefined);
  const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = reader[Symbol.asyncIterator]();
  try {
    for (let number = 1; ; number++) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done === true) return;
      if (next.value.trim() !== '') yield { line: next.value, number };
    }
  } catch (error) {
    throw fileError(error, file, 'read');
  } finally {
    reader.close();
    stream.destroy();
  }
}
