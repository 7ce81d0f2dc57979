/**
 * @file P1 over a stream: items in their order, each with what was found in its text, while threads are at those behind it. So many
 * characters are read ahead that every thread has work, and no more: memory does not grow with the documents.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Finders, type FindersOptions } from './finders.ts';
import type { Found } from './finding.ts';

/** An item and what was found in its text, where it has one. */
export interface FoundItem<T> {
  readonly item: T;
  readonly found: Found | undefined;
}

/** Most characters and items that are read ahead; a longer document goes alone. */
const mostCharacters = 6_000_000;
const mostItems = 512;

interface Waiting<T> {
  readonly item: T;
  readonly size: number;
  readonly found: Found | Promise<Found> | undefined;
  settled: boolean;
}

/** Items on their way, first in, first out. */
class Ahead<T> {
  private readonly waiting: Waiting<T>[] = [];
  private characters = 0;

  /** Whether as much is on its way as may be, `more` characters counted. */
  isFull(more: number): boolean {
    return this.waiting.length >= mostItems || (this.waiting.length > 0 && this.characters + more > mostCharacters);
  }

  push(item: T, size: number, found: Waiting<T>['found']): void {
    const entry = { item, size, found, settled: !(found instanceof Promise) };
    const settle = (): void => {
      entry.settled = true;
    };
    // A failure is told when its turn comes.
    if (found instanceof Promise) found.then(settle, settle);
    this.waiting.push(entry);
    this.characters += size;
  }

  /** Those in front for which `goOn` holds, in order. */
  async *take(goOn: (isSettled: boolean) => boolean): AsyncGenerator<FoundItem<T>> {
    for (let first = this.waiting[0]; first !== undefined && goOn(first.settled); first = this.waiting[0]) {
      const { item, size, found } = first;
      yield { item, found: await found };
      this.waiting.shift();
      this.characters -= size;
      // What is found arrives between turns only, and threads that have answered wait for more.
      if (found instanceof Promise) await nextTurn();
    }
  }
}

/** What was read, and at last the error that ended it, where one did. */
async function* withFailure<T>(
  items: AsyncIterable<T>,
): AsyncGenerator<{ readonly item: T } | { readonly error: unknown }> {
  try {
    for await (const item of items) yield { item };
  } catch (error) {
    yield { error };
  }
}

/**
 * Every item in order, with what is in its text. An error of `items` is thrown after all that was read before it.
 *
 * @param textOf Undefined for an item that only passes by.
 */
export async function* findInOrder<T>(
  items: AsyncIterable<T>,
  textOf: (item: T) => string | undefined,
  options: FindersOptions,
): AsyncGenerator<FoundItem<T>> {
  const finders = new Finders(options);
  const ahead = new Ahead<T>();
  try {
    for await (const read of withFailure(items)) {
      if ('error' in read) {
        yield* ahead.take(() => true);
        throw read.error;
      }
      const text = textOf(read.item);
      const size = text?.length ?? 0;
      yield* ahead.take((isSettled) => isSettled || ahead.isFull(size));
      ahead.push(read.item, size, text === undefined ? undefined : finders.find(text));
      yield* ahead.take((isSettled) => isSettled);
    }
    yield* ahead.take(() => true);
  } finally {
    await finders.close();
  }
}
