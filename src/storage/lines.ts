/**
 * @file Files of lines, written in one pass without holding them in memory, and atomically: a reader sees the old file or
 * the new one.
 */

import { createHash, type Hash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileError } from './files.ts';
import { abandonPartial, publishPartial } from './partial-file.ts';

/** What a manifest says of a file. */
export interface FileSummary {
  readonly bytes: number;
  /** Hex SHA-256 of the bytes. */
  readonly sha256: string;
}

const bufferSize = 1 << 20;

/** Where a writer goes on: what is in its file already. */
export interface WrittenLines {
  readonly bytes: number;
  /** Over those bytes; the writer adds to it. */
  readonly hash: Hash;
}

/** Writes lines one by one into a file beside the target, and puts it in place at the end. All of it throws ResourceError when the disk is full. */
export class LineWriter {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly hash: Hash;
  private waiting: string[] = [];
  private size = 0;
  private written: number;

  /** @param before What an earlier process has written to `<file>.partial`; without it, the file starts empty. */
  constructor(file: string, before?: WrittenLines) {
    this.file = file;
    this.hash = before?.hash ?? createHash('sha256');
    this.written = before?.bytes ?? 0;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      this.descriptor = openSync(`${file}.partial`, before === undefined ? 'w' : 'a');
      if (before !== undefined) ftruncateSync(this.descriptor, before.bytes);
    } catch (error) {
      throw fileError(error, file, 'write');
    }
  }

  /** Bytes in the file once `flush` has been called. */
  get bytes(): number {
    return this.written;
  }

  add(line: string): void {
    this.waiting.push(line, '\n');
    this.size += line.length;
    if (this.size >= bufferSize) this.flush();
  }

  /** @param durable also survives a power cut. */
  flush(durable = false): void {
    const chunk = Buffer.from(this.waiting.join(''), 'utf8');
    this.waiting = [];
    this.size = 0;
    try {
      for (let at = 0; at < chunk.length; ) at += writeSync(this.descriptor, chunk, at);
      if (durable) fsyncSync(this.descriptor);
    } catch (error) {
      throw fileError(error, this.file, 'write');
    }
    this.hash.update(chunk);
    this.written += chunk.length;
  }

  /** Writes what waits and closes the file, which stays beside the target. */
  close(durable = true): FileSummary {
    this.flush(durable);
    closeSync(this.descriptor);
    return { bytes: this.written, sha256: this.hash.digest('hex') };
  }

  /** Puts the closed file in place: a reader sees the old one or the new one. */
  publish(): void {
    publishPartial(this.file);
  }

  /** Gives the file up; the old one, if any, stays. */
  abandon(): void {
    abandonPartial(this.file, this.descriptor);
  }
}

/**
 * Writes lines, a line end after each.
 *
 * @param durable also survives a power cut.
 * @throws ResourceError when the disk is full; the old file, if any, is still there then.
 */
export async function writeLines(
  file: string,
  lines: Iterable<string> | AsyncIterable<string>,
  durable = true,
): Promise<FileSummary> {
  const writer = new LineWriter(file);
  try {
    for await (const line of lines) writer.add(line);
    const summary = writer.close(durable);
    writer.publish();
    return summary;
  } catch (error) {
    writer.abandon();
    throw fileError(error, file, 'write');
  }
}

/** Characters read ahead at most; a prompt can be megabytes, so lines are not what to count. */
const readSize = 1 << 18;

/** A line of a file with its place in bytes. */
export interface FileLine {
  readonly line: string;
  /** From 1. */
  readonly number: number;
  /** Where its bytes stand in the file, without the line end. */
  readonly offset: number;
  readonly bytes: number;
  /** Where the next line begins. */
  readonly end: number;
  /** False for a last line whose line end is missing. */
  readonly ended: boolean;
}

/**
 * The lines of a UTF-8 file with their numbers, from 1. Empty lines are left out. Only `\n` (after `\r` or not) ends a line: JSON
 * may hold other line separators. No more than a chunk is read before the lines of the last one are taken.
 *
 * @param from The line after which to begin: its number and the byte behind it.
 */
export async function* readLines(
  file: string,
  from: Pick<FileLine, 'number' | 'end'> = { number: 0, end: 0 },
): AsyncGenerator<FileLine> {
  let { number, end: offset } = from;
  const parts: string[] = [];
  const take = (tail: string, ended: boolean): FileLine | undefined => {
    const whole = parts.splice(0).join('') + tail;
    const line = whole.replace(/\r$/, '');
    const bytes = Buffer.byteLength(line);
    const end = offset + bytes + whole.length - line.length + (ended ? 1 : 0);
    const taken = { line, number: ++number, offset, bytes, end, ended };
    offset = end;
    return line.trim() === '' ? undefined : taken;
  };
  try {
    for await (const chunk of createReadStream(file, {
      encoding: 'utf8',
      highWaterMark: readSize,
      start: offset,
    })) {
      const text = String(chunk);
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        const taken = take(text.slice(from, at), true);
        from = at + 1;
        if (taken !== undefined) yield taken;
      }
      if (from < text.length) parts.push(text.slice(from));
    }
    const last = take('', false);
    if (last !== undefined) yield last;
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}
