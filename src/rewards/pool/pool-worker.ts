/**
 * @file The worker of the reward pool: runs batches, and tells through shared memory which job it is at, so that the pool knows
 * whom to blame when it hangs.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type RewardJob, runJob } from './job.ts';

export interface PoolWorkerData {
  /**
   * [0] running number of the job at hand; changes with every job, also across batches. [1] its place in the batch. [2] 1 while
   * a batch runs: a thread that has answered, or has not got its batch yet, is not late.
   */
  readonly heartbeat: SharedArrayBuffer;
}

export interface PoolBatch {
  readonly id: number;
  readonly jobs: readonly RewardJob[];
}

const beat = new Int32Array((workerData as PoolWorkerData).heartbeat);

parentPort?.on('message', ({ id, jobs }: PoolBatch) => {
  Atomics.store(beat, 2, 1);
  const results = jobs.map((job, place) => {
    Atomics.store(beat, 1, place);
    Atomics.add(beat, 0, 1);
    return runJob(job);
  });
  Atomics.store(beat, 2, 0);
  parentPort?.postMessage({ id, results });
});
