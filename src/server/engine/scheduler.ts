/**
 * @file What the engines do, one thing at a time in order of arrival; they share the processors. Sampling requests that wait and
 * are alike run together: many prompts in one call cost little more than one.
 */
import type { Completion } from '../../engine/engine.ts';

/** One prompt to sample from; `prompt` is [T] token ids. */
export interface SampleJob {
  /** Jobs with the same key can run in one call. */
  readonly key: string;
  readonly prompt: Int32Array;
  readonly seed: number;
}

interface QueuedSample {
  readonly type: 'sample';
  readonly job: SampleJob;
  /** Runs jobs of the key; result [p] belongs to job p. */
  readonly run: (jobs: readonly SampleJob[]) => Promise<Completion[][]>;
  readonly resolve: (completions: Completion[]) => void;
  readonly reject: (error: unknown) => void;
}

interface QueuedWork {
  readonly type: 'work';
  readonly run: () => Promise<void>;
}

/** Prompts in a call at most. */
const mostTogether = 64;

/** A failure goes to the one who asked, and the queue goes on. */
export class Scheduler {
  private readonly queue: (QueuedSample | QueuedWork)[] = [];
  private running: Promise<void> | undefined;

  get waiting(): number {
    return this.queue.length;
  }

  work<T>(run: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ type: 'work', run: () => run().then(resolve, reject) });
      this.start();
    });
  }

  sample(job: SampleJob, run: (jobs: readonly SampleJob[]) => Promise<Completion[][]>): Promise<Completion[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ type: 'sample', job, run, resolve, reject });
      this.start();
    });
  }

  /** Drops what waits and ends when what runs has. */
  async close(reason: Error): Promise<void> {
    for (const item of this.queue.splice(0)) if (item.type === 'sample') item.reject(reason);
    await this.running;
  }

  private start(): void {
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
      if (this.queue.length > 0) this.start();
    });
  }

  private async drain(): Promise<void> {
    // What a client submits in one go is there before the first of it runs.
    await new Promise((resolve) => setImmediate(resolve));
    for (let item = this.queue.shift(); item !== undefined; item = this.queue.shift()) {
      if (item.type === 'work') await item.run();
      else await this.sampleTogether(item);
    }
  }

  private async sampleTogether(first: QueuedSample): Promise<void> {
    const together = [first];
    for (let index = 0; index < this.queue.length && together.length < mostTogether; ) {
      const item = this.queue[index];
      if (item?.type === 'sample' && item.job.key === first.job.key) {
        together.push(item);
        this.queue.splice(index, 1);
      } else index++;
    }
    try {
      const results = await first.run(together.map(({ job }) => job));
      for (const [index, item] of together.entries()) item.resolve(results[index] ?? []);
    } catch (error) {
      // One bad prompt must not fail the others.
      if (together.length === 1) first.reject(error);
      else for (const item of together) await this.sampleAlone(item);
    }
  }

  private async sampleAlone(item: QueuedSample): Promise<void> {
    try {
      item.resolve((await item.run([item.job]))[0] ?? []);
    } catch (error) {
      item.reject(error);
    }
  }
}
