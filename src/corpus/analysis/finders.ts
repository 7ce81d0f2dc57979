/**
 * @file P1 in worker threads. The first documents are read in the calling thread, as a few are sooner done than a thread is started. What is
 * found is the same wherever it is: the threads have a little less stack than the caller, and what is too intricate for them the
 * caller tries again.
 */
import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { SupervisedPool, type Work } from '../../threads/supervised-pool.ts';
import { type Found, find } from './finding.ts';
import { encodeText, type FindHead, type SentFound } from './sent-text.ts';

/** How P1 uses the machine. What it finds does not depend on it. */
export interface FindersOptions {
  /** Threads; 1 reads in the calling thread. By default one for each core, and at most 4: each takes some 120 MB. */
  readonly workers?: number;
  /** Whether signatures for near duplicates are wanted. */
  readonly signatures: boolean;
  /** Most heap of a thread in MB. Default: that of the calling thread. */
  readonly memory?: number;
}

/** Threads by default. */
export const defaultWorkers = (): number => Math.min(4, availableParallelism());

/** Characters that are read in the calling thread before threads are started: a third of a second or so. */
const readHere = 1_000_000;

/** Far beyond the longest document: a text that takes so long is named, and the rest goes on. */
const deadline = 3_600_000;

/** In MB, of which 0.8 remain: the main thread has 0.96. */
const stack = 1;

const startThreads = (workers: number, memory: number): SupervisedPool<Work, SentFound> =>
  new SupervisedPool<Work, SentFound>({
    entry: new URL('./find-worker', import.meta.url),
    workers,
    deadline,
    queueDeadline: 24 * deadline,
    memory,
    stack,
    unanswered: (_, __, reason) => ({ type: 'lost', reason }),
  });

/** Finds what is in texts, here or in threads. Close it when done. */
export class Finders {
  private readonly workers: number;
  private readonly signatures: boolean;
  private readonly memory: number;
  private threads: SupervisedPool<Work, SentFound> | undefined;
  /** Characters that were read in this thread. */
  private here = 0;

  constructor({ workers = defaultWorkers(), signatures, memory }: FindersOptions) {
    this.memory = memory ?? Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
    this.workers = workers;
    this.signatures = signatures;
  }

  /** At once where it is read in this thread. */
  find(text: string): Found | Promise<Found> {
    if (this.workers > 1 && this.here >= readHere) return this.findApart(text);
    this.here += text.length;
    return find(text);
  }

  private async findApart(text: string): Promise<Found> {
    this.threads ??= startThreads(this.workers, this.memory);
    const { bytes, encoding } = encodeText(text);
    const head: FindHead = { encoding, signature: this.signatures };
    const [sent] = await this.threads.run([{ bytes, head: JSON.stringify(head), large: false }]);
    return foundBy(sent ?? { type: 'lost', reason: 'no answer' }, text);
  }

  /** Ends the threads; what is still out fails. */
  async close(): Promise<void> {
    await this.threads?.close();
  }
}

function foundBy(sent: SentFound, raw: string): Found {
  switch (sent.type) {
    case 'found': {
      const { text = raw, finding, ...rest } = sent;
      return { ...rest, finding: { ...finding, text } };
    }
    case 'intricate':
      return find(raw);
    case 'lost':
      return { type: 'intricate', reason: sent.reason };
    case 'failed':
      throw sent.error;
    case 'empty':
      return sent;
  }
}
