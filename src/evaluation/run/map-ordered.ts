/**
 * @file Jobs over a stream, several at a time, results in the stream's order: long contexts are read as fast as they are asked about
 * and no faster, and files come out the same whatever finished first.
 */

/**
 * @param width jobs under way or waiting for their turn, at most
 * @throws what the source or the first failing job throws; the other jobs end first
 */
export async function* mapOrdered<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  width: number,
  job: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let index = 0;
  try {
    for await (const item of source) {
      const started = job(item, index++);
      // A failure is seen when its turn comes; until then it must not count as unhandled.
      started.catch(() => undefined);
      running.push(started);
      if (running.length >= width) yield await (running.shift() as Promise<R>);
    }
    for (let next = running.shift(); next !== undefined; next = running.shift()) yield await next;
  } finally {
    await Promise.allSettled(running);
  }
}
