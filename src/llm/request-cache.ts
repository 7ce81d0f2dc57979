/**
 * @file What was asked and what came back: a journal with one line a request, found by the hash of what was asked. Only positions are
 * held in memory; a value is read when it is needed. A line that a kill cut is dropped when the file is opened, so every answer that was
 * paid for counts exactly once; any other broken line is an error, for it may have been paid for. One process writes a file at a time.
 */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Journal, type LinePlace, type PlacedLine } from '../storage/journal.ts';
import type { JournalKind } from '../storage/journal-line.ts';

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

const kindOf = <T>(line: z.ZodType<T>): JournalKind<T> => ({
  name: 'a line of a file of replies',
  code: 'line-corrupt',
  hint: 'Restore the file from a copy. Where there is none, delete the line: its request is asked and paid for again.',
  line,
  envelope: { key: 'key', value: 'value', check: 'single' },
});

/** Positions are in memory, values on disk; the first value under a key stays. */
export class RequestCache<T> {
  private readonly journal: Journal<T>;
  private readonly places: Map<string, LinePlace>;

  private constructor(journal: Journal<T>, places: Map<string, LinePlace>) {
    this.journal = journal;
    this.places = places;
  }

  /**
   * Opens a file, made if absent.
   *
   * @param schema What a value must have to be read.
   * @param readOnly Changes nothing: for readers beside a process that writes.
   * @throws ResourceError, InputError naming a line that is broken
   */
  static async open<T>(file: string, schema: z.ZodType<T>, readOnly = false): Promise<RequestCache<T>> {
    const places = new Map<string, LinePlace>();
    // The first value under a key stays.
    const onLine = ({ key, offset, bytes, number }: PlacedLine<T>): void => {
      if (!places.has(key)) places.set(key, { offset, bytes, number });
    };
    const journal = await Journal.open(file, kindOf(schema), { onLine, readOnly });
    return new RequestCache(journal, places);
  }

  get count(): number {
    return this.places.size;
  }

  /** Whether a reply to this request is there. */
  has(key: string): boolean {
    return this.places.has(key);
  }

  /** The value under a key, undefined where there is none. @throws InputError when its line is broken */
  async get(key: string): Promise<T | undefined> {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.journal.value(place);
  }

  /** All that is kept, in the order in which it was. @throws InputError when a line is broken */
  *entries(): Generator<readonly [key: string, value: T]> {
    for (const [key, place] of this.places) yield [key, this.journal.value(place)];
  }

  /** Keeps a value; the first value under a key stays. Resolves when the line is written. @throws ResourceError when the disk is full. */
  async set(key: string, value: T): Promise<void> {
    if (!this.places.has(key)) this.places.set(key, this.journal.append([value], key));
  }

  /** Closes the file. */
  async close(): Promise<void> {
    this.journal.close();
  }
}
