/** @file A command of the built command line as a process, under a limit, another clock or with its outputs elsewhere. */
import { type ChildProcess, spawn } from 'node:child_process';
import { executable } from '../train-process.ts';

export interface Ended {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** What it said on stderr. */
  readonly said: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface ChildOptions {
  /** Runs before it in the same shell, e.g. `ulimit -n 30`. */
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it writes; default: stdout nowhere, stderr into `said`. */
  readonly redirect?: string;
}

/** A hang of a command would be the end of the check. */
const longest = 10 * 60_000;

/** Starts `golongrl ARGS`. */
export function start(
  args: readonly string[],
  { shell = ':', env = {}, redirect = '>/dev/null' }: ChildOptions = {},
): Child {
  const script = `${shell}; exec "$0" "$@" ${redirect}`;
  const child = spawn('bash', ['-c', script, process.execPath, executable, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
    timeout: longest,
    killSignal: 'SIGTERM',
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, said }));
  });
  return { process: child, ended };
}

export const run = (args: readonly string[], options?: ChildOptions): Promise<Ended> => start(args, options).ended;

/**
 * The error with which a command ended.
 *
 * @throws Error when it ended with none, or with one that nobody has put into words
 */
export function namedError({ code, said }: Ended): string {
  const named = /^error: (.*)$/m.exec(said)?.[1];
  if ((code === 1 || code === 2) && named !== undefined && !/^\s+at .*:\d+:\d+\)?$/m.test(said)) return named;
  throw new Error(`It ended with ${code} and no named error: ${said.slice(-1500)}`);
}
