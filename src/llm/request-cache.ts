/**
 * @file What was asked and what came back, one JSON line a request, found by the hash of what was asked. Only positions are held in
 * memory; a value is read when it is needed. A line that a kill cut is dropped when the file is opened, so every answer that was
 * paid for counts exactly once; any other broken line is an error, for it may have been paid for. One process writes a file at a time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../errors.ts';
import { fileError } from '../storage/files.ts';

/** The key of a request: equal content, equal key, whatever the order of fields. */
export function requestKey(content: unknown): string {
  return createHash('sha256').update(canonical(content)).digest('hex').slice(0, 32);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

const chunkSize = 1 << 20;
const lineEnd = 0x0a;

export class RequestCache<T> {
  private readonly file: FileHandle;
  private readonly name: string;
  private readonly places = new Map<string, readonly [offset: number, length: number]>();
  private size = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, name: string) {
    this.file = file;
    this.name = name;
  }

  /** Opens a file, made if absent. @throws ResourceError, InputError naming a line that is broken */
  static async open<T>(name: string): Promise<RequestCache<T>> {
    try {
      mkdirSync(path.dirname(name), { recursive: true });
      // Not O_APPEND: after a cut line was dropped, writing goes on at the end of the last whole one.
      const handle = await open(name, 'r+').catch(() => open(name, 'w+'));
      const cache = new RequestCache<T>(handle, name);
      await cache.index().catch(async (error: unknown) => {
        await handle.close();
        throw error;
      });
      return cache;
    } catch (error) {
      throw fileError(error, name, 'write');
    }
  }

  get count(): number {
    return this.places.size;
  }

  has(key: string): boolean {
    return this.places.has(key);
  }

  /** The value under a key, undefined where there is none. @throws InputError when its line is broken */
  async get(key: string): Promise<T | undefined> {
    const place = this.places.get(key);
    if (place === undefined) return undefined;
    const buffer = Buffer.alloc(place[1]);
    await this.file.read(buffer, 0, place[1], place[0]);
    try {
      return (JSON.parse(buffer.toString('utf8')) as { readonly value: T }).value;
    } catch (error) {
      throw this.broken(`the line of ${key}`, 'is not JSON', error);
    }
  }

  /** All that is kept, in the order in which it was. @throws InputError when a line is broken */
  async *entries(): AsyncGenerator<readonly [key: string, value: T]> {
    for (const key of [...this.places.keys()]) {
      const value = await this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  /** An error about a line that holds no value. */
  broken(line: string, what: string, cause?: unknown): InputError {
    const hint =
      'Restore the file from a copy. Where there is none, delete the line: its request is asked and paid for again.';
    return new InputError('line-corrupt', `${this.name}: ${line} ${what}.`, hint, { cause });
  }

  /** Keeps a value; the first value under a key stays. Resolves when the line is written. */
  set(key: string, value: T): Promise<void> {
    const line = Buffer.from(`${JSON.stringify({ key, value })}\n`, 'utf8');
    const written = this.writing.then(async () => {
      if (this.places.has(key)) return;
      await this.file.write(line, 0, line.length, this.size);
      this.places.set(key, [this.size, line.length - 1]);
      this.size += line.length;
    });
    this.writing = written.catch(() => undefined);
    return written.catch((error: unknown) => {
      throw fileError(error, this.name, 'write');
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  /** Finds the lines; what follows the last whole one is cut off. */
  private async index(): Promise<void> {
    const chunk = Buffer.alloc(chunkSize);
    const head = Buffer.alloc(64);
    let [start, line] = [0, 0];
    for (let at = 0; ; ) {
      const { bytesRead } = await this.file.read(chunk, 0, chunkSize, at);
      if (bytesRead === 0) break;
      for (let i = chunk.indexOf(lineEnd); i >= 0 && i < bytesRead; i = chunk.indexOf(lineEnd, i + 1)) {
        const length = at + i - start;
        await this.file.read(head, 0, 64, start);
        const key = /^\{"key":"([^"]+)"/.exec(head.toString('latin1', 0, Math.min(64, length)))?.[1];
        line++;
        if (key === undefined && length > 0) throw this.broken(`line ${line}`, 'holds no reply');
        if (key !== undefined && !this.places.has(key)) this.places.set(key, [start, length]);
        start += length + 1;
      }
      at += bytesRead;
    }
    this.size = start;
    await this.file.truncate(start);
  }
}
