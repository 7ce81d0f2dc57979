/**
 * @file The reward server as a process: binds, serves, drains.
 */
import { availableParallelism } from 'node:os';
import { exploits } from '../../rewards/exploits.ts';
import { isQuick, type RewardJob, runJob } from '../../rewards/pool/job.ts';
import { openRewardPool, type RewardPool, type RewardPoolOptions } from '../../rewards/pool/pool.ts';
import { profiles } from '../../rewards/reward.ts';
import { checkToken, listen } from '../listen.ts';
import { createRewardApp, type RewardAppOptions } from './app.ts';
import { BodyReader } from './body-reader.ts';

/** Options of the routes, the pool and the address in one. */
export interface RewardServerOptions extends Omit<RewardAppOptions, 'pool' | 'reader'>, RewardPoolOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 5000; 0 takes a free one. */
  readonly port?: number;
  /** Milliseconds that a request may take to arrive (default 30,000). */
  readonly arrivalDeadline?: number;
}

/** A server that listens; `url` has the port that it got. */
export interface RewardServer {
  readonly url: string;
  /** Stops taking requests, answers those that run, ends the threads. */
  close(): Promise<void>;
}

/**
 * Scores some rows of each kind here and in every thread, so that no client waits for threads to load and code to compile:
 * at 500 requests a second a start of 200 ms would be 100 late answers.
 */
async function warmUp(pool: RewardPool, reader: BodyReader): Promise<void> {
  const jobs: RewardJob[] = exploits.flatMap(({ row }) =>
    profiles.map((profile) => ({ type: 'upstream' as const, row, profile })),
  );
  for (let round = 0; round < 8; round++) await pool.score(jobs);
  for (const job of jobs) if (isQuick(job)) runJob(job);
  const body = Buffer.from('{"items":[]}');
  const reads = Array.from({ length: 8 }, () =>
    reader.readApart(body, { route: 'score', profile: 'hardened', maxItems: 1 }),
  );
  await Promise.all(reads);
}

/**
 * @throws UsageError when bound beyond loopback without a token, ResourceError when the port is taken.
 * @example
 * const server = await startRewardServer({ port: 5000, workers: 2 });
 */
export async function startRewardServer(options: RewardServerOptions = {}): Promise<RewardServer> {
  const { host = '127.0.0.1', port = 5000, token, hosts = [], deadline = 1000 } = options;
  checkToken(
    host,
    token,
    'Set GOLONGRL_REWARD_TOKEN or give --token-file; clients send it as "Authorization: Bearer TOKEN".',
  );
  // Two threads at least: one of them never takes large samples.
  const pool = openRewardPool({ workers: Math.max(2, availableParallelism() - 1), spare: true, ...options });
  const reader = new BodyReader();
  const app = createRewardApp({
    healthDeadline: 5000 + 3 * deadline,
    ...options,
    hosts: [host, ...hosts],
    pool,
    reader,
  });
  const end = async (): Promise<void> => {
    await Promise.all([pool.close(), reader.close()]);
  };
  try {
    await warmUp(pool, reader);
    const server = await listen(app, { host, port }, options.arrivalDeadline);
    const close = async (): Promise<void> => {
      await server.close();
      await end();
    };
    return { url: server.url, close };
  } catch (error) {
    await end();
    throw error;
  }
}
