/** @file At most so many sampling requests at once, and fewer for a while after the server said that it has too much to do. */

/** As many as the official client starts at once after a 429. */
const throttled = 10;

/** Jobs beyond the limit wait; the oldest goes first. */
export class Limiter {
  private active = 0;
  private readonly queue: (() => void)[] = [];
  private readonly most: number;
  private readonly now: () => number;
  private throttledUntil = Number.NEGATIVE_INFINITY;

  constructor(most: number, now: () => number) {
    this.most = most;
    this.now = now;
  }

  private get allowed(): number {
    return this.now() < this.throttledUntil ? Math.min(throttled, this.most) : this.most;
  }

  /** Start fewer for `ms`. */
  throttle(ms: number): void {
    this.throttledUntil = Math.max(this.throttledUntil, this.now() + ms);
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.active < this.allowed) this.active++;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
    try {
      return await job();
    } finally {
      this.active--;
      while (this.queue.length > 0 && this.active < this.allowed) {
        this.active++;
        this.queue.shift()?.();
      }
    }
  }
}
