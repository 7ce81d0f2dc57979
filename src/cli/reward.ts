/**
 * @file `golongrl reward serve`: the rewards over HTTP, for the trainers people already run.
 */

import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { type Profile, profiles } from '../rewards/reward.ts';
import { serveUntilSignal } from './shared/interrupt.ts';
import { choice, wholeNumber } from './shared/options.ts';
import { type GuardFlags, guardOptions, serverToken, tokenLine, tokenNote } from './shared/server-token.ts';
import type { Terminal } from './shared/terminal.ts';

interface ServeFlags extends GuardFlags {
  readonly host: string;
  readonly port: number;
  readonly profile: Profile;
  readonly workers: number;
  readonly deadline: number;
  readonly queueDeadline: number;
  readonly maxBody: number;
  readonly maxPending: number;
}

const help = `
Clients send the token as "Authorization: Bearer TOKEN" or "X-API-Key: TOKEN"; the Python package golongrl reads GOLONGRL_REWARD_TOKEN:
  golongrl reward serve --token-file reward.token &
  GOLONGRL_REWARD_TOKEN=$(cat reward.token) python train.py
Trainers whose own client sends none (OpenRLHF's remote_url, slime's --rm-url) need --no-token, on this machine.
`;

const variable = 'GOLONGRL_REWARD_TOKEN';

async function serveRewards(flags: ServeFlags, terminal: Terminal): Promise<void> {
  const { startRewardServer } = await import('../server/rewards/server.ts');
  const found = await serverToken(flags, variable);
  const server = await startRewardServer({
    ...flags,
    token: found.token,
    hosts: flags.allowHost,
    allowOrigins: flags.allowOrigin,
    maxBody: flags.maxBody * 1024 * 1024,
  });
  terminal.out(tokenLine(found, variable));
  terminal.err(
    `Rewards (${flags.profile}) at ${server.url}: POST /v1/score, /get_reward, /rm; GET /healthz, /metrics\n` +
      `${tokenNote(found, flags.tokenFile)}\n`,
  );
  await serveUntilSignal(server, terminal);
}

/** The token goes to stdout once where it was made here; everything else to stderr. Ends on SIGTERM or SIGINT. */
export function register(command: Command, terminal: Terminal): void {
  const serve = command
    .command('serve')
    .description('serve rewards over HTTP to OpenRLHF, slime, verl, TRL or any client, until SIGTERM')
    .option(
      '--host <address>',
      'address to bind, and a name that clients may use; beyond loopback a token is needed',
      '127.0.0.1',
    )
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 5000)
    .option('--profile <name>', 'profile where a request names none', choice('--profile', profiles), 'hardened')
    .option(
      '--workers <n>',
      'threads; where there are two or more, one never takes large samples',
      wholeNumber('--workers', 1),
      Math.max(2, availableParallelism() - 1),
    )
    .option('--deadline <ms>', 'kill a verifier after this time', wholeNumber('--deadline', 1), 1000)
    .option('--max-body <mb>', 'largest request body in megabytes', wholeNumber('--max-body', 1), 32)
    .option(
      '--queue-deadline <ms>',
      'a sample that no thread has taken after this time is a timeout',
      wholeNumber('--queue-deadline', 1),
      120_000,
    )
    .option(
      '--max-pending <n>',
      'answer 503 when more samples than this wait; most samples of a request',
      wholeNumber('--max-pending', 1),
      20000,
    )
    .addHelpText('after', help);
  guardOptions(serve, variable).action((flags: ServeFlags) => serveRewards(flags, terminal));
}
