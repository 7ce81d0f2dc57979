/**
 * @file Rewards in worker threads, each job under a deadline: a verifier that hangs is killed with its thread and answered as
 * `status: 'timeout'`, one that crashes as `'error'`; the other jobs of its batch run again in a fresh thread. Where there are
 * two threads or more, the first takes no large jobs, so that ordinary ones never wait behind megabytes.
 */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ResourceError } from '../../errors.ts';
import { isLarge, type JobResult, type RewardJob, unanswered } from './job.ts';
import type { PoolBatch, PoolWorkerData } from './pool-worker.ts';

export interface RewardPoolOptions {
  /** Threads; by default one for each core but one. */
  readonly workers?: number;
  /** Milliseconds that one job may take (default 1000). The kill comes within a quarter more. */
  readonly deadline?: number;
  /** Most heap of a thread in MB (default 512). */
  readonly memory?: number;
}

export interface RewardPool {
  /** Results in the order of the jobs. @throws ResourceError when the pool is closed meanwhile. */
  score(jobs: readonly RewardJob[]): Promise<JobResult[]>;
  /** Jobs that wait or run. */
  pending(): number;
  /** Threads killed or lost so far. */
  restarts(): number;
  close(): Promise<void>;
}

/** Most jobs that travel together: enough to hide the hand-over, few enough that running a batch again costs nothing. */
const batchSize = 128;
/** Threads that may die before their first job until the pool gives up. */
const mostFailedStarts = 8;

/** One call of `score`. */
interface Request {
  readonly results: JobResult[];
  open: number;
  readonly settle: (results: JobResult[]) => void;
  readonly fail: (error: Error) => void;
}

interface Task {
  readonly job: RewardJob;
  readonly request: Request;
  /** Its place among the request's jobs. */
  readonly place: number;
}

function answer({ request, place }: Task, result: JobResult): void {
  request.results[place] = result;
  if (--request.open === 0) request.settle(request.results);
}

interface Slot {
  worker: Worker;
  readonly beat: Int32Array;
  batch: { readonly id: number; readonly tasks: readonly Task[] } | undefined;
  /** The heartbeat last seen, and since when. */
  seen: number;
  since: number;
}

function startWorker(data: PoolWorkerData, memory: number): Worker {
  const options = { workerData: data, resourceLimits: { maxOldGenerationSizeMb: memory } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./pool-worker.js', import.meta.url), options);
  // From source, Node needs tsx inside the thread; its CommonJS twin cannot register there.
  const tsx = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  const entry = new URL('./pool-worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); });`;
  return new Worker(code, { ...options, eval: true });
}

class ThreadPool implements RewardPool {
  private readonly ordinary: Task[] = [];
  private readonly large: Task[] = [];
  private readonly slots: Slot[] = [];
  private readonly deadline: number;
  private readonly memory: number;
  private readonly watch: NodeJS.Timeout;
  private running = 0;
  private lost = 0;
  private failedStarts = 0;
  private nextId = 0;
  private closed = false;

  constructor({ workers = Math.max(1, availableParallelism() - 1), deadline = 1000, memory = 512 }: RewardPoolOptions) {
    this.deadline = deadline;
    this.memory = memory;
    for (let i = 0; i < workers; i++) this.slots.push(this.open());
    this.watch = setInterval(() => this.inspect(), Math.max(5, deadline / 4));
    this.watch.unref();
  }

  score(jobs: readonly RewardJob[]): Promise<JobResult[]> {
    if (this.closed) return Promise.reject(closedError());
    if (jobs.length === 0) return Promise.resolve([]);
    return new Promise((settle, fail) => {
      const request: Request = { results: [], open: jobs.length, settle, fail };
      jobs.forEach((job, place) => {
        (isLarge(job) ? this.large : this.ordinary).push({ job, request, place });
      });
      this.dispatch();
    });
  }

  pending(): number {
    return this.ordinary.length + this.large.length + this.running;
  }

  restarts(): number {
    return this.lost;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.watch);
    const orphans = this.waiting().concat(this.slots.flatMap((slot) => slot.batch?.tasks ?? []));
    await Promise.all(this.slots.map(({ worker }) => worker.terminate()));
    for (const { request } of orphans) request.fail(closedError());
  }

  /** Empties the queues. */
  private waiting(): Task[] {
    return [...this.ordinary.splice(0), ...this.large.splice(0)];
  }

  private open(): Slot {
    const heartbeat = new SharedArrayBuffer(12);
    const slot: Slot = {
      worker: startWorker({ heartbeat }, this.memory),
      beat: new Int32Array(heartbeat),
      batch: undefined,
      seen: 0,
      since: Date.now(),
    };
    this.listen(slot);
    return slot;
  }

  private listen(slot: Slot): void {
    const { worker } = slot;
    worker.unref();
    worker.on('message', ({ id, results }: { id: number; results: JobResult[] }) => {
      const { batch } = slot;
      if (batch === undefined || batch.id !== id) return;
      slot.batch = undefined;
      this.running -= batch.tasks.length;
      batch.tasks.forEach((task, i) => {
        answer(task, results[i] ?? unanswered(task.job, 'error', 'no result'));
      });
      this.dispatch();
    });
    worker.on('error', (error) => this.replace(slot, 'error', `the verifier's thread failed: ${error.message}`));
  }

  /** Threads do not even start: nothing will ever be scored. */
  private giveUp(slot: Slot, reason: string): void {
    const error = new ResourceError('pool-failed', `The reward pool cannot start its threads: ${reason}`);
    for (const { request } of [...(slot.batch?.tasks ?? []), ...this.waiting()]) request.fail(error);
    slot.batch = undefined;
  }

  /** The next jobs for the thread at `place`; large ones go first where they may go at all, as fewer threads take them. */
  private take(place: number): Task[] {
    if (this.large.length > 0 && (place > 0 || this.slots.length === 1)) return this.large.splice(0, 1);
    const share = Math.ceil(this.ordinary.length / this.slots.length);
    return this.ordinary.splice(0, Math.min(batchSize, share));
  }

  private dispatch(): void {
    if (this.closed) return;
    this.slots.forEach((slot, place) => {
      if (slot.batch !== undefined) return;
      const tasks = this.take(place);
      if (tasks.length === 0) {
        slot.worker.unref();
        return;
      }
      slot.batch = { id: this.nextId++, tasks };
      slot.since = Date.now();
      slot.worker.ref();
      this.running += tasks.length;
      const message: PoolBatch = { id: slot.batch.id, jobs: tasks.map(({ job }) => job) };
      slot.worker.postMessage(message);
    });
  }

  /** Kills the threads whose current job has outlived the deadline. A thread that has not begun is still loading. */
  private inspect(): void {
    const now = Date.now();
    for (const slot of this.slots) {
      const beat = Atomics.load(slot.beat, 0);
      if (beat !== slot.seen || slot.batch === undefined || Atomics.load(slot.beat, 2) === 0) {
        slot.seen = beat;
        slot.since = now;
      } else if (now - slot.since >= this.deadline) {
        this.replace(slot, 'timeout', `no verdict within ${this.deadline} ms`);
      }
    }
  }

  /** A fresh thread in the slot; the job at hand gets its verdict, the rest of the batch goes back to the queue. */
  private replace(slot: Slot, status: 'timeout' | 'error', reason: string): void {
    const place = this.slots.indexOf(slot);
    if (place < 0 || this.closed) return;
    this.lost++;
    void slot.worker.terminate();
    if (Atomics.load(slot.beat, 0) === 0 && ++this.failedStarts > mostFailedStarts) {
      this.giveUp(slot, reason);
      return;
    }
    this.slots[place] = this.open();
    const { batch } = slot;
    if (batch !== undefined) {
      const culprit = Atomics.load(slot.beat, 0) === 0 ? 0 : Atomics.load(slot.beat, 1);
      this.running -= batch.tasks.length;
      const rest = batch.tasks.filter((_, i) => i !== culprit);
      for (const task of rest.reverse()) (isLarge(task.job) ? this.large : this.ordinary).unshift(task);
      const blamed = batch.tasks[culprit];
      if (blamed !== undefined) answer(blamed, unanswered(blamed.job, status, reason));
    }
    this.dispatch();
  }
}

const closedError = (): ResourceError => new ResourceError('pool-closed', 'The reward pool is closed.');

/**
 * Opens a pool of verifier threads. Close it when done.
 *
 * @example
 * const pool = openRewardPool({ workers: 2 });
 * const [result] = await pool.score([{ type: 'math', gold: '$1/2$', pred: '0.5' }]);
 * await pool.close();
 */
export function openRewardPool(options: RewardPoolOptions = {}): RewardPool {
  return new ThreadPool(options);
}
