/**
 * @file Batches in order, drawn ahead of the updates where that is allowed: while a step trains, the groups of the next one
 * are sampled and scored. The batch of step s is begun when at least s - 1 - maxStaleness updates are done, so no rollout is
 * of a policy more than `maxStaleness` updates older than the one it trains; with 0, drawing and training alternate.
 * The loss corrects for the age: ratios are taken to the log-probabilities that the rollouts were sampled with.
 */
import type { Batch } from './draw-batch.ts';

/** A batch, and how many updates older than the trained policy the policy was when its drawing began. */
export type AgedBatch = Batch & { readonly staleness: number };

/** `maxStaleness` counts updates; 0 draws only when the step before is over. */
export interface BatchSourceOptions {
  /** Draws the batch at a position of the prompt order. */
  readonly draw: (position: number, signal: AbortSignal) => Promise<Batch>;
  /** Position of the first batch. */
  readonly position: number;
  /** How many batches will be asked for; none is drawn beyond. */
  readonly batches: number;
  readonly maxStaleness: number;
  readonly signal?: AbortSignal | undefined;
}

/** Batches in the order of the steps; after each `next`, one `trained` when its step is over. */
export interface BatchSource {
  /** The next batch. @throws what drawing threw; the signal's reason when it aborted. */
  next(): Promise<AgedBatch>;
  /** Says that the step of a batch is over. */
  trained(): void;
  /** Ends the drawing ahead and waits for its end. */
  close(): Promise<void>;
}

/** Draws nothing before the first `next`. @throws RangeError from `next` beyond the last batch. */
export function batchSource({ draw, position, batches, maxStaleness, signal }: BatchSourceOptions): BatchSource {
  const stop = new AbortController();
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const ahead: Promise<{ batch: Batch; begun: number }>[] = [];
  let begun = 0;
  let updates = 0;
  let last: Promise<{ position: number }> = Promise.resolve({ position });

  // One batch at a time: where the next one starts in the prompt order is known when this one is whole.
  const begin = () => {
    const drawn = last.then(async (previous) => {
      either.throwIfAborted();
      const at = updates;
      return { batch: await draw(previous.position, either), begun: at };
    });
    // Awaited by next(); until then a failure is no unhandled rejection.
    drawn.catch(() => undefined);
    last = drawn.then(({ batch }) => batch);
    last.catch(() => undefined);
    ahead.push(drawn);
    begun += 1;
  };

  return {
    async next() {
      while (begun < batches && begun - updates <= maxStaleness) begin();
      const first = ahead.shift();
      if (first === undefined) throw new RangeError(`batchSource: no batch is left of ${batches}`);
      const drawn = await first;
      return { ...drawn.batch, staleness: updates - drawn.begun };
    },
    trained() {
      updates += 1;
    },
    async close() {
      stop.abort();
      await Promise.allSettled(ahead);
    },
  };
}
