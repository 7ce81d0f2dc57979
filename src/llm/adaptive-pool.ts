/**
 * @file How many requests are under way at once: additive increase, multiplicative decrease (Chiu and Jain 1989). Each full round
 * of successes allows one more; an overloaded server (429, 503, timeout) halves the number, once for the requests that were
 * under way together. Failed requests are tried again after a growing wait, outside of their slot; a wait that the server states is
 * kept where it is the longer one. "Too many requests" is no failed try: it is bounded by the time waited.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { random } from '../random.ts';
import { ChatFailure } from './chat-model.ts';

/** All may be left out; defaults stand at the fields. */
export interface PoolOptions {
  /** Requests at once at the start (default 4), and at most (default 32). */
  readonly start?: number;
  readonly most?: number;
  /** Tries of one request (default 5), not counting those answered with 429. */
  readonly attempts?: number;
  /** Milliseconds that one request waits after answers of 429, all together (default half an hour). */
  readonly patience?: number;
  /** Waits some milliseconds; for tests. */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const wait = async (ms: number, signal?: AbortSignal): Promise<void> => {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
};

const longestBackoff = 60_000;
/** A server may ask to wait for longer, but so long that somebody should look. */
const longestStated = 600_000;

/** Shared by all requests to one server; its limit moves between 1 and `most`. */
export class AdaptivePool {
  private allowed: number;
  private readonly most: number;
  private readonly attempts: number;
  private readonly patience: number;
  private readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Waits differ, so that what failed together does not come back together; other processes draw others. */
  private readonly jitter = random('pool-wait', process.pid);
  private active = 0;
  private successes = 0;
  /** Requests that began before this moment share the blame for the last overload. */
  private epoch = 0;
  private readonly queue: (() => void)[] = [];

  constructor(options: PoolOptions = {}) {
    this.most = options.most ?? 32;
    this.allowed = Math.min(options.start ?? 4, this.most);
    this.attempts = options.attempts ?? 5;
    this.patience = options.patience ?? 1_800_000;
    this.wait = options.wait ?? wait;
  }

  /** Requests allowed at once now. */
  get limit(): number {
    return this.allowed;
  }

  /**
   * The result of `job`, after retries where they may help.
   *
   * @throws ChatFailure of the last try, or whatever else `job` throws
   */
  async run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    let [failed, refused, waited] = [0, 0, 0];
    for (;;) {
      await this.enter();
      const { epoch } = this;
      let failure: ChatFailure;
      try {
        signal?.throwIfAborted();
        const result = await job();
        this.succeeded();
        return result;
      } catch (error) {
        if (!(error instanceof ChatFailure)) throw error;
        if (error.overload) this.overloaded(epoch);
        if (!error.retryable) throw error;
        failure = error;
      } finally {
        this.leave();
      }
      const busy = failure.code === 'http-429';
      if (!busy && ++failed >= this.attempts) throw failure;
      const pause = this.pause(busy ? ++refused : failed, failure.retryAfter);
      if (busy) waited += pause;
      if (waited > this.patience) throw failure;
      await this.wait(pause, signal);
    }
  }

  private pause(times: number, stated = 0): number {
    const backoff = Math.min(longestBackoff, 500 * 2 ** (times - 1)) * (0.75 + this.jitter.next() / 2);
    return Math.max(Math.min(longestStated, stated), backoff);
  }

  private async enter(): Promise<void> {
    if (this.active >= this.allowed) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.active++;
  }

  /** The slot goes to the next in line, unless the limit has fallen meanwhile. */
  private leave(): void {
    this.active--;
    while (this.active < this.allowed) {
      const next = this.queue.shift();
      if (next === undefined) return;
      this.active++;
      next();
    }
  }

  private succeeded(): void {
    if (++this.successes < this.allowed) return;
    this.successes = 0;
    this.allowed = Math.min(this.most, this.allowed + 1);
  }

  private overloaded(epoch: number): void {
    if (epoch !== this.epoch) return;
    this.epoch++;
    this.successes = 0;
    this.allowed = Math.max(1, Math.floor(this.allowed / 2));
  }
}
