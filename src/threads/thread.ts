/**
 * @file One worker thread under supervision: it is given batches of bytes, tells through shared memory which piece it is at,
 * and ends once, whatever ends it. Only bytes and short strings go in, because a message that cannot be read on the
 * other side (nesting that the thread's stack does not hold) is lost without an answer.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What a thread is started with. */
export interface ThreadData {
  /**
   * [0] running number of the piece at hand; changes with every piece, also across batches. [1] its place in the batch. [2] 1
   * while a batch runs: a thread that has answered, or has not got its batch yet, is not late.
   */
  readonly heartbeat: SharedArrayBuffer;
}

/** Pieces of work in one buffer, one after another. */
export interface ThreadBatch {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
  readonly heads: readonly string[];
}

/** Results of the first pieces of a batch; a thread stops early when they took long, so that others may have the rest. */
export interface ThreadReply {
  readonly id: number;
  readonly results: readonly unknown[];
}

/** What to run, within which memory. */
export interface ThreadOptions {
  /** The worker's file, without extension. */
  readonly entry: URL;
  /** Most heap in MB. */
  readonly memory: number;
  /** Stack in MB, of which Node keeps 0.19 to itself (default 4). */
  readonly stack?: number;
}

/** Who is told of a thread. */
export interface ThreadOwner {
  readonly onReply: (reply: ThreadReply) => void;
  /** Called once, unless `stop` was. */
  readonly onEnd: (reason: string) => void;
}

function startWorker({ entry, memory, stack = 4 }: ThreadOptions, heartbeat: SharedArrayBuffer): Worker {
  const workerData: ThreadData = { heartbeat };
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: stack } };
  // Loaders of the process are not loaded again: what is built needs none.
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${entry.href}.js`), { ...options, execArgv: [] });
  // From source, Node needs tsx inside the thread; its CommonJS twin cannot register there.
  const tsx = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href;
  const file = JSON.stringify(`${entry.href}.ts`);
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(code, { ...options, eval: true });
}

/** One worker with one owner at a time; `onEnd` is called at most once. */
export class Thread {
  private readonly beat = new Int32Array(new SharedArrayBuffer(12));
  private readonly worker: Worker;
  private over = false;

  /** Changes when a spare thread is put to work. */
  owner: ThreadOwner;

  constructor(options: ThreadOptions, owner: ThreadOwner) {
    this.owner = owner;
    this.worker = startWorker(options, this.beat.buffer as SharedArrayBuffer);
    // The pool says what keeps the process alive.
    this.worker.unref();
    const end = (reason: string): void => {
      if (this.over) return;
      void this.stop();
      this.owner.onEnd(reason);
    };
    this.worker.on('message', (reply: ThreadReply) => this.owner.onReply(reply));
    this.worker.on('error', (error) => end(error.message));
    this.worker.on('messageerror', (error) => end(error.message));
    this.worker.on('exit', (code) => end(`it ended with code ${code}`));
  }

  /** Running number of the piece at hand; 0 until the thread has begun its first. */
  get count(): number {
    return Atomics.load(this.beat, 0);
  }

  get place(): number {
    return Atomics.load(this.beat, 1);
  }

  get busy(): boolean {
    return Atomics.load(this.beat, 2) === 1;
  }

  post(batch: ThreadBatch): void {
    this.worker.postMessage(batch, [batch.bytes.buffer]);
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.worker.terminate();
  }
}
