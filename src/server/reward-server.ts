/**
 * @file The reward server as a process: binds, serves, drains.
 */
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { type ServerType, serve } from '@hono/node-server';
import { ResourceError, UsageError } from '../errors.ts';
import { exploits } from '../rewards/exploits.ts';
import { isQuick, type RewardJob, runJob } from '../rewards/job.ts';
import { openRewardPool, type RewardPool, type RewardPoolOptions } from '../rewards/pool.ts';
import { profiles } from '../rewards/reward.ts';
import { createRewardApp, type RewardAppOptions } from './reward-app.ts';

export interface RewardServerOptions extends Omit<RewardAppOptions, 'pool'>, RewardPoolOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 5000; 0 takes a free one. */
  readonly port?: number;
}

export interface RewardServer {
  readonly url: string;
  /** Stops taking requests, answers those that run, ends the threads. */
  close(): Promise<void>;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Scores some rows of each kind here and in every thread, so that no client waits for threads to load and code to compile:
 * at 500 requests a second a start of 200 ms would be 100 late answers.
 */
async function warmUp(pool: RewardPool): Promise<void> {
  const jobs: RewardJob[] = exploits.flatMap(({ row }) =>
    profiles.map((profile) => ({ type: 'upstream' as const, row, profile })),
  );
  for (let round = 0; round < 8; round++) await pool.score(jobs);
  for (const job of jobs) if (isQuick(job)) runJob(job);
}

/** Requests that still run get this long when the server closes. */
const drainMs = 10_000;

/**
 * @throws UsageError when bound beyond loopback without a token, ResourceError when the port is taken.
 * @example
 * const server = await startRewardServer({ port: 5000, workers: 2 });
 */
export async function startRewardServer(options: RewardServerOptions = {}): Promise<RewardServer> {
  const { host = '127.0.0.1', port = 5000, token } = options;
  if (!isLoopback(host) && (token === undefined || token === '')) {
    throw new UsageError(
      'token-needed',
      `--host ${host} is open to the network and no token is set.`,
      'Give --token, or set GOLONGRL_REWARD_TOKEN; clients send it as "Authorization: Bearer TOKEN".',
    );
  }
  // Two threads at least: one of them never takes large samples.
  const pool = openRewardPool({ workers: Math.max(2, availableParallelism() - 1), ...options });
  const app = createRewardApp({ ...options, pool });
  try {
    await warmUp(pool);
    const { server, actual } = await new Promise<{ server: ServerType; actual: number }>((resolve, reject) => {
      const started = serve({ fetch: app.fetch, hostname: host, port }, (info) =>
        resolve({ server: started, actual: info.port }),
      );
      started.on('error', reject);
    });
    const name = host.includes(':') ? `[${host}]` : host;
    const close = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs);
        // A connection that was busy when the server closed falls idle with its answer, and would be kept alive.
        const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 20);
        server.close(() => {
          clearTimeout(force);
          clearInterval(sweep);
          resolve();
        });
      });
      await pool.close();
    };
    return { url: `http://${name}:${actual}`, close };
  } catch (error) {
    await pool.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
    throw new ResourceError(
      'port-unavailable',
      `Cannot listen on ${host}:${port}: ${code}.`,
      'Choose another --port.',
      {
        cause: error,
      },
    );
  }
}
