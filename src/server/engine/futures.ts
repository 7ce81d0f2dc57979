/**
 * @file Results of requests that were accepted, kept until clients have fetched them, and for some time after: a reply may be lost
 * on the way and be asked for again.
 */

import type { ForwardBackwardResult, SampleResult } from '../../engine/tinker/wire-results.ts';
import { GolongrlError, InputError, messageOf, ResourceError } from '../../errors.ts';

/** What a request came to; all but `json` travel as protobuf where the client takes that. */
export type FutureValue =
  | { readonly type: 'json'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly type: 'sample'; readonly result: SampleResult }
  | { readonly type: 'forward-backward'; readonly result: ForwardBackwardResult };

/** `unknown`: never asked, or dropped long after it was fetched. `category` says whose fault a failure is. */
export type Outcome =
  | { readonly state: 'unknown' }
  | { readonly state: 'pending' }
  | { readonly state: 'done'; readonly value: FutureValue }
  | { readonly state: 'failed'; readonly message: string; readonly category: 'user' | 'server' };

/** Results kept after they were fetched, the newest; one that nobody fetches is kept ten times as long. */
const mostKept = 2000;

interface Entry {
  readonly settled: Promise<void>;
  outcome: Outcome;
  fetched: boolean;
}

/** Results by request id. One that still runs is never dropped. */
export class Futures {
  private readonly entries = new Map<string, Entry>();
  private closing: () => void = () => undefined;
  private readonly closed = new Promise<void>((resolve) => {
    this.closing = resolve;
  });

  /** Keeps what `work` comes to under an id. */
  start(id: string, work: Promise<FutureValue>): void {
    const entry: Entry = {
      fetched: false,
      outcome: { state: 'pending' },
      settled: work.then(
        (value) => {
          entry.outcome = { state: 'done', value };
        },
        (error: unknown) => {
          const known = error instanceof GolongrlError;
          // What the machine lost is not the client's fault: it may open a model again.
          const lost = error instanceof ResourceError || (error instanceof InputError && error.code === 'not-found');
          const message = messageOf(error);
          const hint = known && error.hint !== undefined ? ` ${error.hint}` : '';
          entry.outcome = {
            state: 'failed',
            message: `${message}${hint}`,
            category: known && !lost ? 'user' : 'server',
          };
        },
      ),
    };
    this.entries.set(id, entry);
    this.evict();
  }

  has(id: string): boolean {
    return this.entries.has(id);
  }

  /** What came of a request, after waiting for it for at most `ms`. */
  async wait(id: string, ms: number): Promise<Outcome> {
    const entry = this.entries.get(id);
    if (entry === undefined) return { state: 'unknown' };
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([entry.settled, patience, this.closed]);
    clearTimeout(timer);
    if (entry.outcome.state !== 'pending') entry.fetched = true;
    return entry.outcome;
  }

  /** Everybody who waits is answered. */
  close(): void {
    this.closing();
  }

  private evict(): void {
    for (const [id, { outcome, fetched }] of this.entries) {
      const size = this.entries.size;
      if (size <= mostKept) return;
      if (outcome.state !== 'pending' && (fetched || size > 10 * mostKept)) this.entries.delete(id);
    }
  }
}
