/** @file Time that passes only when nothing else can happen: hours of retries in milliseconds, always in the same order. */
import type { Clock } from '../../src/engine/tinker/clock.ts';

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly fire: () => void;
}

export class VirtualClock implements Clock {
  private time = 0;
  private count = 0;
  private timers: Timer[] = [];

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = { at: this.time + ms, number: this.count++, fire: () => {} };
      const abort = () => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(signal?.reason);
      };
      timer.fire = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.timers.push(timer);
    });
  }

  /** The result of work that waits for this clock. @throws Error when it would wait longer than `limit` ms: it hangs. */
  async run<T>(work: Promise<T>, limit: number): Promise<T> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    while (!ended) {
      // Promises, and the bodies of replies, get as far as they can.
      for (let turn = 0; turn < 4 && !ended; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (ended) break;
      const next = this.timers.reduce<Timer | undefined>(
        (first, timer) =>
          first === undefined || timer.at < first.at || (timer.at === first.at && timer.number < first.number)
            ? timer
            : first,
        undefined,
      );
      if (next === undefined) throw new Error('hangs: nothing is left to wait for');
      if (next.at > limit) throw new Error(`hangs: still not done after ${limit} ms`);
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.fire();
    }
    return await work;
  }
}
