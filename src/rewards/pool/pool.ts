/**
 * @file Rewards in worker threads, each job under a deadline: a verifier that hangs is killed with its thread and answered as
 * `status: 'timeout'`, one that ends its thread again and again as `'error'`; every other job has its verdict.
 */
import { availableParallelism } from 'node:os';
import { SupervisedPool } from '../../threads/supervised-pool.ts';
import { type EncodedJob, encodeJob, isEncoded } from './encode.ts';
import { type JobResult, type RewardJob, unanswered } from './job.ts';

/** How much of the machine rewards may take, and for how long. */
export interface RewardPoolOptions {
  /** Threads; by default one for each core but one. */
  readonly workers?: number;
  /** Milliseconds that one job may take (default 1000). The kill comes within a quarter more. */
  readonly deadline?: number;
  /** Milliseconds that one job may wait for a thread (default two minutes); then its status is `timeout`. */
  readonly queueDeadline?: number;
  /** Most heap of a thread in MB (default 512). */
  readonly memory?: number;
  /** Whether a thread is kept in reserve from the start, for servers (default false: from the first loss on). */
  readonly spare?: boolean;
}

/** Threads that judge; open one for a run or server and close it at the end. */
export interface RewardPool {
  /** Results in the order of the jobs. @throws ResourceError when the pool is closed meanwhile, or no thread can be started. */
  score(jobs: readonly (RewardJob | EncodedJob)[]): Promise<JobResult[]>;
  /** The verdict on a known row, before all that waits: whether the threads judge at all. */
  canary(): Promise<JobResult>;
  /** Jobs that wait or run. */
  pending(): number;
  /** Threads killed or lost so far. */
  restarts(): number;
  /** Jobs that threads have answered so far. */
  answered(): number;
  /** Threads that are there. */
  threads(): number;
  /** Ends the threads; jobs that are still out are rejected. */
  close(): Promise<void>;
}

const canaryJob: RewardJob = { type: 'math', gold: '$\\frac{1}{2}$', pred: '$0.5$', profile: 'paper' };

class ThreadPool implements RewardPool {
  private readonly supervised: SupervisedPool<EncodedJob, JobResult>;

  constructor(options: RewardPoolOptions) {
    const { workers = Math.max(1, availableParallelism() - 1), deadline = 1000, queueDeadline = 120_000 } = options;
    this.supervised = new SupervisedPool({
      entry: new URL('./pool-worker', import.meta.url),
      workers,
      deadline,
      queueDeadline,
      memory: options.memory ?? 512,
      spare: options.spare ?? false,
      unanswered: ({ task }, status, reason) => unanswered(task, status, reason),
    });
  }

  async score(jobs: readonly (RewardJob | EncodedJob)[]): Promise<JobResult[]> {
    const encoded = jobs.map((job) => (isEncoded(job) ? job : encodeJob(job)));
    const results = await this.supervised.run(encoded.filter(isEncoded));
    let next = 0;
    return encoded.map((one) =>
      isEncoded(one) ? (results[next++] ?? unanswered(one.task, 'error', 'no result')) : one,
    );
  }

  async canary(): Promise<JobResult> {
    const encoded = encodeJob(canaryJob);
    if (!isEncoded(encoded)) return encoded;
    const [result] = await this.supervised.run([encoded], true);
    return result ?? unanswered(encoded.task, 'error', 'no result');
  }

  pending = (): number => this.supervised.pending();
  restarts = (): number => this.supervised.restarts();
  answered = (): number => this.supervised.answered();
  threads = (): number => this.supervised.threads();
  close = (): Promise<void> => this.supervised.close();
}

/**
 * Opens a pool of verifier threads. Close it when done.
 *
 * @example
 * const pool = openRewardPool({ workers: 2 });
 * const [result] = await pool.score([{ type: 'math', gold: '1/2', pred: '0.5', profile: 'hardened' }]);
 * await pool.close();
 */
export function openRewardPool(options: RewardPoolOptions = {}): RewardPool {
  return new ThreadPool(options);
}
