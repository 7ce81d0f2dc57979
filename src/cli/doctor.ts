/**
 * @file `golongrl doctor`: this machine, and the environment that is to train, before anyone burns GPU hours.
 */
import type { Command } from 'commander';
import type { Check } from '../doctor/check.ts';
import { type Target, targets } from '../doctor/target.ts';
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

/** What goes with a target was given without one, or with the wrong one. @throws UsageError */
function checkFlags({ target, python, url, ...flags }: Flags): void {
  if (target === undefined) {
    const given = Object.entries({ '--python': python, '--export': flags.export, '--url': url }).find(
      ([, v]) => v !== undefined,
    );
    if (given !== undefined)
      throw new UsageError('target-missing', `${given[0]} goes with --target.`, `--target ${targets.join(' | ')}`);
  } else if (flags.export !== undefined && target !== 'verl') {
    throw new UsageError('export-target', '--export goes with --target verl.');
  }
}

/** The checks of what a target needs beside this machine. */
async function checkTarget(target: Target, { python, url, ...flags }: Flags): Promise<Check[]> {
  const asked = target === 'verl' || python !== undefined;
  const checks: Check[] = [];
  if (asked) {
    const { environmentChecks } = await import('../doctor/environment-checks.ts');
    checks.push(...(await environmentChecks({ target, python: python ?? 'python3', exported: flags.export })));
  }
  if (target === 'tinker' || (target === 'skyrl' && (url !== undefined || !asked))) {
    const { serverChecks } = await import('../doctor/server-checks.ts');
    const address = url ?? (target === 'skyrl' ? 'http://127.0.0.1:8000' : undefined);
    checks.push(...(await serverChecks({ url: address, environment: process.env, fetch })));
  }
  if (flags.export !== undefined) {
    const { contextCheck, splitCheck } = await import('../doctor/context-check.ts');
    checks.push(await contextCheck(flags.export), await splitCheck(flags.export));
  }
  return checks;
}

async function run(flags: Flags, terminal: Terminal): Promise<void> {
  checkFlags(flags);
  const { checkLines } = await import('../doctor/check.ts');
  const { localChecks } = await import('../doctor/local-checks.ts');
  const { target } = flags;
  const checks = [...(await localChecks()), ...(target === undefined ? [] : await checkTarget(target, flags))];
  const failed = checks.filter(({ status }) => status === 'fail');
  if (flags.format === 'json') terminal.out(`${JSON.stringify({ ok: failed.length === 0, checks })}\n`);
  if (flags.format === 'human') terminal.out(`${checkLines(checks).join('\n')}\n`);
  if (failed.length === 0) return;
  const names = failed.map(({ name }) => name).join(', ');
  throw new GolongrlError('doctor-failed', `${failed.length} of ${checks.length} checks failed: ${names}.`);
}

/** Exit code 1 where a check failed; warnings alone are no failure. */
export function register(command: Command, terminal: Terminal): void {
  command
    .option('--target <name>', targets.join(' | '), choice('--target', targets))
    .option('--python <path>', 'interpreter of the environment (verl: default python3)')
    .option('--export <dir>', 'a folder of `golongrl export verl`: its keys, data and rewards are checked too')
    .option('--url <url>', 'Tinker server (default TINKER_BASE_URL, else the hosted one; skyrl: http://127.0.0.1:8000)')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((flags: Flags) => run(flags, terminal));
}
