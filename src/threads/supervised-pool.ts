/**
 * @file Worker threads under supervision, each piece of work under a deadline: one that hangs is killed with its thread
 * and answered, a thread that dies is replaced and its piece tried again, for the piece need not be the cause. The rest
 * of a batch goes back to the queue. Where there are two threads or more, the first takes no large pieces, so that ordinary
 * ones never wait behind megabytes. Every piece has an answer in the end, also when no thread ever takes it.
 */
import { ResourceError } from '../errors.ts';
import { Thread, type ThreadOptions, type ThreadOwner } from './thread.ts';

/** A piece of work. */
export interface Work {
  readonly bytes: Uint8Array;
  /** Large pieces travel alone. */
  readonly large: boolean;
  /** What the worker is told beside the bytes. */
  readonly head?: string;
}

/** `R` is the result of a piece of work `W`. */
export interface SupervisedOptions<W extends Work, R> extends ThreadOptions {
  /** Whether a loaded thread is kept in reserve from the start; without, from the first loss on. */
  readonly spare?: boolean;
  readonly workers: number;
  /** Milliseconds that a piece may take. The kill comes within a quarter more. */
  readonly deadline: number;
  /** Milliseconds that a piece may wait for a thread. */
  readonly queueDeadline: number;
  /** The result of a piece that has none from a thread. */
  readonly unanswered: (work: W, status: 'timeout' | 'error', reason: string) => R;
}

/** Most pieces that travel together: enough to hide the hand-over, few enough that running a batch again costs nothing. */
const batchSize = 128;
/** A batch takes no further piece from so many bytes on: what a thread gives back was copied in vain. */
const batchBytes = 256 * 1024;
/** Threads that may die in a row before their first piece until those who wait are told. */
const mostFailedStarts = 8;
/** Threads that a piece may take with it. The first may be chance, and the second. */
const mostDeaths = 3;
/** A thread that does not begin what it was given has this many milliseconds: it may still be loading. */
const startDeadline = 60_000;

/** One call of `run`. */
interface Request<R> {
  readonly results: R[];
  open: number;
  readonly settle: (results: R[]) => void;
  readonly fail: (error: Error) => void;
}

interface Task<W, R> {
  readonly work: W;
  readonly request: Request<R>;
  /** Its place among the request's pieces. */
  readonly place: number;
  readonly since: number;
  /** Threads that ended while they were at it. */
  deaths: number;
}

interface Slot<W, R> {
  thread: Thread | undefined;
  batch: { readonly id: number; readonly tasks: readonly Task<W, R>[] } | undefined;
  /** The heartbeat last seen, and the milliseconds for which it has been the same. */
  seen: number;
  held: number;
}

function answer<W, R>({ request, place }: Task<W, R>, result: R): void {
  request.results[place] = result;
  if (--request.open === 0) request.settle(request.results);
}

/** Bytes of a batch in one buffer of their own, which can be handed over. */
function packed<W extends Work>(works: readonly W[]) {
  const lengths = works.map(({ bytes }) => bytes.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let offset = 0;
  for (const work of works) {
    bytes.set(work.bytes, offset);
    offset += work.bytes.length;
  }
  return { bytes, lengths, heads: works.map(({ head = '' }) => head) };
}

const closedError = (): ResourceError => new ResourceError('pool-closed', 'The pool of threads is closed.');

/** Starts its threads at once; they keep the process alive only while work waits or runs. */
export class SupervisedPool<W extends Work, R> {
  private readonly options: SupervisedOptions<W, R>;
  private readonly ordinary: Task<W, R>[] = [];
  private readonly large: Task<W, R>[] = [];
  private readonly slots: Slot<W, R>[] = [];
  private spare: Thread | undefined;
  private readonly watch: NodeJS.Timeout;
  private readonly interval: number;
  private inspected = performance.now();
  private running = 0;
  private lost = 0;
  private done = 0;
  private failedStarts = 0;
  private nextId = 0;
  private closed = false;

  constructor(options: SupervisedOptions<W, R>) {
    this.options = options;
    for (let i = 0; i < options.workers; i++) this.slots.push(this.open());
    this.interval = Math.max(5, Math.min(options.deadline, options.queueDeadline) / 4);
    this.watch = setInterval(() => this.inspect(), this.interval);
    this.watch.unref();
    if (options.spare) this.reserve();
  }

  /** Results in the order of the pieces. `first` puts them before all that wait. */
  run(works: readonly W[], first = false): Promise<R[]> {
    if (this.closed) return Promise.reject(closedError());
    if (works.length === 0) return Promise.resolve([]);
    return new Promise((settle, fail) => {
      const request: Request<R> = { results: [], open: works.length, settle, fail };
      const since = performance.now();
      const tasks = works.map((work, place) => ({ work, request, place, since, deaths: 0 }));
      if (first) this.ordinary.unshift(...tasks);
      else for (const task of tasks) (task.work.large ? this.large : this.ordinary).push(task);
      this.watch.ref();
      this.dispatch();
    });
  }

  /** Pieces that wait or run. */
  pending(): number {
    return this.ordinary.length + this.large.length + this.running;
  }

  /** Threads killed or lost so far. */
  restarts(): number {
    return this.lost;
  }

  /** Pieces answered by threads so far. */
  answered(): number {
    return this.done;
  }

  /** Threads that are there. */
  threads(): number {
    return this.slots.filter(({ thread }) => thread !== undefined).length;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.watch);
    const orphans = this.waiting().concat(this.slots.flatMap((slot) => slot.batch?.tasks ?? []));
    await Promise.all([this.spare?.stop(), ...this.slots.map(({ thread }) => thread?.stop())]);
    for (const { request } of orphans) request.fail(closedError());
  }

  /** Empties the queues. */
  private waiting(): Task<W, R>[] {
    return [...this.ordinary.splice(0), ...this.large.splice(0)];
  }

  private open(): Slot<W, R> {
    const slot: Slot<W, R> = { thread: undefined, batch: undefined, seen: 0, held: 0 };
    this.start(slot);
    return slot;
  }

  private start(slot: Slot<W, R>): void {
    const owner: ThreadOwner = {
      onReply: ({ id, results }) => this.settle(slot, id, results as readonly R[]),
      onEnd: (reason) => this.replace(slot, 'error', `the thread failed: ${reason}`),
    };
    const { spare } = this;
    this.spare = undefined;
    if (spare) spare.owner = owner;
    slot.thread = spare ?? new Thread(this.options, owner);
    slot.seen = 0;
    slot.held = 0;
  }

  private startLate(slot: Slot<W, R>): void {
    if (this.closed) return;
    this.start(slot);
    this.dispatch();
  }

  /** Keeps a loaded thread in reserve, so that the place of one that was killed is empty for a moment only. */
  private reserve(): void {
    if (this.closed || this.spare !== undefined || this.failedStarts > 0) return;
    this.spare = new Thread(this.options, {
      onReply: () => undefined,
      onEnd: () => {
        this.spare = undefined;
      },
    });
  }

  private settle(slot: Slot<W, R>, id: number, results: readonly R[]): void {
    const { batch } = slot;
    if (batch === undefined || batch.id !== id) return;
    slot.batch = undefined;
    this.failedStarts = 0;
    this.running -= batch.tasks.length;
    this.done += results.length;
    this.putBack(batch.tasks.slice(results.length));
    for (const [place, task] of batch.tasks.slice(0, results.length).entries()) {
      const result = results[place];
      answer(task, result ?? this.options.unanswered(task.work, 'error', 'no result'));
    }
    this.dispatch();
  }

  /** Before all that wait, in their order. A piece that was in two threads as they died takes no ordinary one's thread. */
  private putBack(tasks: readonly Task<W, R>[]): void {
    for (const task of tasks.toReversed())
      (task.work.large || task.deaths > 1 ? this.large : this.ordinary).unshift(task);
  }

  /** The next pieces for the thread at `place`; large ones go first where they may go at all, as fewer threads take them. */
  private take(place: number): Task<W, R>[] {
    if (this.large.length > 0 && (place > 0 || this.slots.length === 1)) return this.large.splice(0, 1);
    const suspect = this.ordinary.findIndex(({ deaths }) => deaths > 0);
    const share = Math.min(batchSize, Math.ceil(this.ordinary.length / this.slots.length));
    const most = suspect < 0 ? share : Math.max(1, Math.min(share, suspect));
    let [count, bytes] = [0, 0];
    while (count < most && bytes < batchBytes) bytes += this.ordinary[count++]?.work.bytes.length ?? 0;
    return this.ordinary.splice(0, count);
  }

  private dispatch(): void {
    if (this.closed) return;
    this.slots.forEach((slot, place) => {
      if (slot.batch !== undefined || slot.thread === undefined) return;
      const tasks = this.take(place);
      if (tasks.length === 0) return;
      slot.batch = { id: this.nextId++, tasks };
      slot.seen = slot.thread.count;
      slot.held = 0;
      this.running += tasks.length;
      slot.thread.post({ id: slot.batch.id, ...packed(tasks.map(({ work }) => work)) });
    });
    if (this.pending() === 0) this.watch.unref();
  }

  private inspect(): void {
    const now = performance.now();
    // A machine that slept, or a loop that stood still, is not the threads' fault.
    const elapsed = Math.min(now - this.inspected, 2 * this.interval);
    this.inspected = now;
    for (const slot of this.slots) this.inspectSlot(slot, elapsed);
    for (const queue of [this.ordinary, this.large]) this.expire(queue, now);
    if (this.pending() === 0) this.watch.unref();
  }

  /** Kills a thread whose piece has outlived the deadline, or that does not begin. */
  private inspectSlot(slot: Slot<W, R>, elapsed: number): void {
    const { thread, batch } = slot;
    if (thread === undefined || batch === undefined) return;
    const { deadline } = this.options;
    const { place } = thread;
    if (thread.count !== slot.seen) {
      slot.seen = thread.count;
      slot.held = 0;
      return;
    }
    slot.held += elapsed;
    if (thread.busy && slot.held >= deadline) this.replace(slot, 'timeout', `no verdict within ${deadline} ms`, place);
    else if (slot.held >= startDeadline) this.replace(slot, 'error', 'the thread does not begin');
  }

  private expire(queue: Task<W, R>[], now: number): void {
    const { queueDeadline, unanswered } = this.options;
    for (let task = queue[0]; task !== undefined && now - task.since > queueDeadline; task = queue[0]) {
      queue.shift();
      answer(task, unanswered(task.work, 'timeout', `no thread was free within ${queueDeadline} ms`));
    }
  }

  /** A fresh thread in the slot; the piece at hand is answered or tried again, the rest of the batch goes back to the queue. */
  private replace(
    slot: Slot<W, R>,
    status: 'timeout' | 'error',
    reason: string,
    place = slot.thread?.place ?? 0,
  ): void {
    const { thread, batch } = slot;
    if (thread === undefined || this.closed) return;
    const culprit = thread.count === 0 ? undefined : batch?.tasks[place];
    this.failedStarts = thread.count === 0 ? this.failedStarts + 1 : 0;
    this.lost++;
    void thread.stop();
    slot.thread = undefined;
    slot.batch = undefined;
    if (batch !== undefined) {
      this.running -= batch.tasks.length;
      const final = culprit !== undefined && (status === 'timeout' || ++culprit.deaths >= mostDeaths);
      this.putBack(final ? batch.tasks.filter((task) => task !== culprit) : batch.tasks);
      if (final) answer(culprit, this.options.unanswered(culprit.work, status, reason));
    }
    this.restart(slot, reason);
  }

  private restart(slot: Slot<W, R>, reason: string): void {
    if (this.failedStarts > mostFailedStarts) {
      // Not the end: whoever comes later may find threads again.
      const error = new ResourceError('pool-failed', `The pool cannot start its threads: ${reason}`);
      for (const { request } of this.waiting()) request.fail(error);
    }
    if (this.failedStarts === 0) this.start(slot);
    else setTimeout(() => this.startLate(slot), Math.min(5000, 50 * 2 ** this.failedStarts)).unref();
    this.dispatch();
    this.reserve();
  }
}
