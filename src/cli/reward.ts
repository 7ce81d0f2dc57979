/**
 * @file `golongrl reward serve`: the rewards over HTTP, for the trainers people already run.
 */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type Profile, profiles } from '../rewards/reward.ts';
import { choice, wholeNumber } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly token?: string;
  readonly profile: Profile;
  readonly workers: number;
  readonly deadline: number;
  readonly maxBody: number;
  readonly maxPending: number;
}

async function serveRewards(
  { maxBody, token = process.env.GOLONGRL_REWARD_TOKEN, ...flags }: ServeFlags,
  terminal: Terminal,
): Promise<void> {
  const { startRewardServer } = await import('../server/rewards/server.ts');
  const server = await startRewardServer({ ...flags, token, maxBody: maxBody * 1024 * 1024 });
  terminal.err(
    `Rewards (${flags.profile}) at ${server.url}: POST /v1/score, /get_reward, /rm; GET /healthz, /metrics\n`,
  );
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
  terminal.err(`${signal}: answering what runs, then closing\n`);
  await server.close();
}

export function register(command: Command, terminal: Terminal): void {
  command
    .command('serve')
    .description('serve rewards over HTTP to OpenRLHF, slime, verl, TRL or any client, until SIGTERM')
    .option('--host <address>', 'address to bind; beyond loopback a token is needed', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 5000)
    .option('--token <text>', 'bearer token that clients must send (or GOLONGRL_REWARD_TOKEN)')
    .option('--profile <name>', 'profile where a request names none', choice('--profile', profiles), 'hardened')
    .option(
      '--workers <n>',
      'threads; where there are two or more, one never takes large samples',
      wholeNumber('--workers', 1),
      Math.max(2, availableParallelism() - 1),
    )
    .option('--deadline <ms>', 'kill a verifier after this time', wholeNumber('--deadline', 1), 1000)
    .option('--max-body <mb>', 'largest request body in megabytes', wholeNumber('--max-body', 1), 32)
    .option('--max-pending <n>', 'answer 503 when more samples than this wait', wholeNumber('--max-pending', 1), 20000)
    .action((flags: ServeFlags) => serveRewards(flags, terminal));
}
