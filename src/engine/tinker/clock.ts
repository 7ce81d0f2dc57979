/** @file Time as the client knows it, so that tests of hours of outage run in milliseconds. */
import { setTimeout as delay } from 'node:timers/promises';

/** What of time the client uses. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** @throws the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The process's own time, which no change of the date moves. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  },
};

/**
 * Runs `work` with a signal that aborts after `ms` or with `outer`.
 *
 * @throws DOMException TimeoutError when the time is up, even if the work ignores its signal.
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const done = new AbortController();
  const abort = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort, { once: true });
  try {
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    clock.sleep(ms, done.signal).then(
      () => controller.abort(new DOMException(`no answer within ${ms} ms`, 'TimeoutError')),
      () => undefined,
    );
    const running = work(controller.signal);
    running.catch(() => undefined);
    return await Promise.race([running, aborted]);
  } finally {
    done.abort();
    outer?.removeEventListener('abort', abort);
  }
}
