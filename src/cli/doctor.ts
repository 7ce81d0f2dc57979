/**
 * @file `golongrl doctor`: this machine, and the environment that is to train, before anyone burns GPU hours.
 */
import type { Command } from 'commander';
import { type Check, checkLines } from '../doctor/check.ts';
import { contextCheck } from '../doctor/context-check.ts';
import { environmentChecks, type Target, targets } from '../doctor/environment-checks.ts';
import { localChecks } from '../doctor/local-checks.ts';
import { serverChecks } from '../doctor/server-checks.ts';
import { GolongrlError, UsageError } from '../errors.ts';
import { choice, type Format, formats } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface Flags {
  readonly target?: Target;
  readonly python?: string;
  readonly export?: string;
  readonly url?: string;
  readonly format: Format;
}

async function gather({ target, python, url, ...flags }: Flags): Promise<Check[]> {
  const local = await localChecks();
  if (target === undefined) {
    const given = Object.entries({ '--python': python, '--export': flags.export, '--url': url }).find(
      ([, v]) => v !== undefined,
    );
    if (given !== undefined)
      throw new UsageError('target-missing', `${given[0]} goes with --target.`, `--target ${targets.join(' | ')}`);
    return local;
  }
  if (flags.export !== undefined && target !== 'verl') {
    throw new UsageError('export-target', '--export goes with --target verl.');
  }
  const asked = target === 'verl' || python !== undefined;
  const environment = asked
    ? await environmentChecks({ target, python: python ?? 'python3', exported: flags.export })
    : [];
  const serves = target === 'tinker' || (target === 'skyrl' && (url !== undefined || !asked));
  const server = serves
    ? await serverChecks({
        url: url ?? (target === 'skyrl' ? 'http://127.0.0.1:8000' : undefined),
        environment: process.env,
        fetch,
      })
    : [];
  const context = flags.export === undefined ? [] : [await contextCheck(flags.export)];
  return [...local, ...environment, ...context, ...server];
}

async function run(flags: Flags, terminal: Terminal): Promise<void> {
  const checks = await gather(flags);
  const failed = checks.filter(({ status }) => status === 'fail');
  if (flags.format === 'json') terminal.out(`${JSON.stringify({ ok: failed.length === 0, checks })}\n`);
  if (flags.format === 'human') terminal.out(`${checkLines(checks).join('\n')}\n`);
  if (failed.length === 0) return;
  const names = failed.map(({ name }) => name).join(', ');
  throw new GolongrlError('doctor-failed', `${failed.length} of ${checks.length} checks failed: ${names}.`);
}

export function register(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description(
      'check this machine, and with --target an environment or server that is to train; exit code 1 if something is missing',
    )
    .option('--target <name>', targets.join(' | '), choice('--target', targets))
    .option('--python <path>', 'interpreter of the environment (verl: default python3)')
    .option('--export <dir>', 'a folder of `golongrl export verl`: its keys, data and rewards are checked too')
    .option('--url <url>', 'Tinker server (default TINKER_BASE_URL, else the hosted one; skyrl: http://127.0.0.1:8000)')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((flags: Flags) => run(flags, terminal));
}
