/** @file The inside of a supervised thread: takes batches, works them off piece by piece, answers. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadBatch, ThreadData, ThreadReply } from './thread.ts';

/** A batch is given back after this long, with what is done of it: an idle thread may take the rest. */
const longestBatchMs = 50;

/** Serves the owner of this thread with `work`, which must not throw. */
export function serveThread<R>(work: (bytes: Uint8Array, head: string) => R): void {
  const beat = new Int32Array((workerData as ThreadData).heartbeat);
  const run = ({ id, bytes, lengths, heads }: ThreadBatch): void => {
    const start = performance.now();
    const results: R[] = [];
    let offset = 0;
    Atomics.store(beat, 2, 1);
    for (const [place, length] of lengths.entries()) {
      // The count first: whoever reads the place and then finds the count unchanged has the right one.
      Atomics.add(beat, 0, 1);
      Atomics.store(beat, 1, place);
      results.push(work(bytes.subarray(offset, offset + length), heads[place] ?? ''));
      offset += length;
      if (performance.now() - start > longestBatchMs) break;
    }
    Atomics.store(beat, 2, 0);
    const reply: ThreadReply = { id, results };
    parentPort?.postMessage(reply);
  };
  parentPort?.on('message', run);
}
