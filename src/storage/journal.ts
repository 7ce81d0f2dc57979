/**
 * @file Journals: one JSON value a line, appended. A kill may cut the last line; it is left out by readers and cut off before more is
 * appended. Any other line that is not as it was written is an error that names it.
 */
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { fileError } from './files.ts';
import { isBeginning, type JournalKind, type JournalLine, readLine, writeLine } from './journal-line.ts';
import { type FileLine, type FileSummary, readLines, writeLines } from './lines.ts';
import { damaged } from './parse-json.ts';
import { readBytes } from './read-bytes.ts';

/** Where a line stands in its file. */
export interface LinePlace {
  readonly offset: number;
  readonly bytes: number;
  /** From 1. */
  readonly number: number;
}

/** With number, offset and bytes, so that a reader can come back to it. */
export interface PlacedLine<T> extends JournalLine<T>, Omit<FileLine, 'line'> {}

/**
 * The lines of a journal in order; none where the file is missing. Values in envelopes are parsed when they are asked for.
 *
 * @param from The line after which to begin; not for journals whose lines check the ones before them.
 * @throws InputError `kind.code` that names the line.
 */
export async function* journalLines<T>(
  file: string,
  kind: JournalKind<T>,
  from?: Pick<PlacedLine<T>, 'number' | 'end'>,
): AsyncGenerator<PlacedLine<T>> {
  if (!existsSync(file)) return;
  let [before, empty] = ['', true];
  for await (const { line, ...place } of readLines(file, from)) {
    let read: JournalLine<T>;
    try {
      read = readLine(line, `${file}:${place.number}`, kind, before);
    } catch (error) {
      const cut = !place.ended && kind.whole !== true && isBeginning(line, kind.envelope);
      if (cut && error instanceof InputError && !isJson(line)) return;
      throw error;
    }
    yield { ...read, ...place };
    [before, empty] = [read.check, false];
  }
  if (empty && kind.filled === true) throw damaged(file, kind, 'it is empty');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** All values of a journal. @throws as `journalLines` does */
export async function readJournal<T>(file: string, kind: JournalKind<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const { value } of journalLines(file, kind)) values.push(value());
  return values;
}

function* jsonOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield JSON.stringify(value);
}

/** Writes a journal as a whole, atomically. @param durable also survives a power cut. @throws ResourceError when the disk is full. */
export function writeJournal(file: string, values: Iterable<unknown>, durable = true): Promise<FileSummary> {
  return writeLines(file, jsonOf(values), durable);
}

/** Whether a file is absent, empty or ends with a line end. */
function endsWhole(file: string): boolean {
  if (!existsSync(file)) return true;
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] === 10);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Appends to a journal without reading it through, unless its last line was cut.
 *
 * @throws InputError `kind.code` that names a line, ResourceError when the disk is full.
 */
export async function appendLines<T>(file: string, kind: JournalKind<T>, values: readonly T[]): Promise<void> {
  try {
    if (endsWhole(file)) return appendFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  } catch (error) {
    throw fileError(error, file, 'write');
  }
  const journal = await Journal.open(file, kind);
  try {
    journal.append(values);
  } finally {
    journal.close();
  }
}

/** For readers beside a writer, and for whoever indexes the lines while they are checked. */
export interface OpenJournalOptions<T> {
  /** Hears of each line that is there. */
  readonly onLine?: (line: PlacedLine<T>) => void;
  /** Makes and mends nothing: for readers beside a process that writes. A missing file has no lines. */
  readonly readOnly?: boolean;
}

/** A journal that grows. One process at a time may have it open. */
export class Journal<T> {
  private readonly file: string;
  private readonly kind: JournalKind<T>;
  private readonly descriptor: number | undefined;
  private size = 0;
  private count = 0;
  private check = '';

  private constructor(file: string, kind: JournalKind<T>, descriptor: number | undefined) {
    this.file = file;
    this.kind = kind;
    this.descriptor = descriptor;
  }

  /**
   * Opens a journal, made if absent, behind its last whole line.
   *
   * @throws InputError `kind.code` that names a line, ResourceError when the file may not be written. Nothing was changed then.
   */
  static async open<T>(
    file: string,
    kind: JournalKind<T>,
    { onLine = () => undefined, readOnly = false }: OpenJournalOptions<T> = {},
  ): Promise<Journal<T>> {
    let descriptor: number | undefined;
    try {
      if (!readOnly) mkdirSync(path.dirname(file), { recursive: true });
      if (!readOnly || existsSync(file))
        descriptor = openSync(file, readOnly ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT);
      const journal = new Journal(file, kind, descriptor);
      const ended = await journal.readThrough(onLine);
      if (!readOnly) journal.mend(ended);
      return journal;
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      throw fileError(error, file, 'write');
    }
  }

  /** @returns whether the last whole line has its line end. */
  private async readThrough(onLine: (line: PlacedLine<T>) => void): Promise<boolean> {
    let ended = true;
    for await (const line of journalLines(this.file, this.kind)) {
      onLine(line);
      ({ check: this.check, number: this.count, end: this.size, ended } = line);
    }
    return ended;
  }

  /** Cuts off what stands behind the last whole line, or writes its line end where that only is missing. */
  private mend(ended: boolean): void {
    const descriptor = this.writable();
    if (fstatSync(descriptor).size > this.size) ftruncateSync(descriptor, this.size);
    if (!ended) this.write('\n');
  }

  private writable(): number {
    if (this.descriptor === undefined) throw new Error(`${this.file}: there is no such file`);
    return this.descriptor;
  }

  /** Appends values in one write. @returns the place of the first. @throws ResourceError when the disk is full. */
  append(values: readonly T[], key: string | number = ''): LinePlace {
    const place = { offset: this.size, number: this.count + 1 };
    let { check } = this;
    const lines = values.map((value) => {
      const line = writeLine(value, this.kind.envelope, key, check);
      check = line.check;
      return `${line.text}\n`;
    });
    const bytes = this.write(lines.join(''));
    this.count += lines.length;
    this.check = check;
    return { ...place, bytes: bytes - 1 };
  }

  /** The value of a line that is not chained. @throws InputError `kind.code` when the line is not as it was written. */
  value({ offset, bytes, number }: LinePlace): T {
    const descriptor = this.writable();
    const line = readBytes(descriptor, offset, bytes);
    return readLine(line.toString('utf8'), `${this.file}:${number}`, this.kind).value();
  }

  private write(text: string): number {
    const bytes = Buffer.from(text, 'utf8');
    const descriptor = this.writable();
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, this.size + at);
    } catch (error) {
      // What was written of it must not stand behind a shorter line that follows.
      if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, this.size);
      throw fileError(error, this.file, 'write');
    }
    this.size += bytes.length;
    return bytes.length;
  }

  /** @param durable The lines also survive a power cut. */
  close(durable = false): void {
    if (this.descriptor === undefined) return;
    try {
      if (durable) fsyncSync(this.descriptor);
    } finally {
      closeSync(this.descriptor);
    }
  }
}
