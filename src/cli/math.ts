/**
 * @file `golongrl math`: are two mathematical answers equal, and why; for one pair or for the rows of a file.
 */
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { InputError, UsageError } from '../errors.ts';
import type { JobResult } from '../rewards/pool/job.ts';
import { type Profile, profiles } from '../rewards/reward.ts';
import { BadRows, exitCodeHelp } from './shared/bad-rows.ts';
import { choice, type Format, formats, wholeNumber } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface MathRow {
  readonly gold: string;
  readonly pred: string;
}

function readMathRow(json: unknown): MathRow {
  const row = typeof json === 'object' && json !== null ? (json as Partial<MathRow>) : {};
  if (typeof row.gold !== 'string' || typeof row.pred !== 'string')
    throw new InputError('row-invalid', 'expected {"gold": string, "pred": string}');
  return { gold: row.gold, pred: row.pred };
}

const render = ({ score, status, state, type, trace, reason }: JobResult) => ({
  equal: score === 1,
  ...(type === undefined ? {} : { type }),
  state,
  reason,
  trace: trace ?? [reason],
  status: status === 'ok' ? undefined : status,
});

interface MathFlags {
  readonly profile: Profile;
  readonly out?: string;
  readonly workers: number;
  readonly deadline: number;
  readonly format: Format;
}

async function mathFile(file: string, flags: MathFlags, terminal: Terminal): Promise<void> {
  const { runJobRows } = await import('./shared/job-rows.ts');
  const { rows, byStatus, byState, byTask, seconds, first } = await runJobRows({
    file,
    ...flags,
    out: flags.out,
    terminal,
    read: readMathRow,
    job: ({ gold, pred }) => ({ type: 'math', gold, pred, profile: flags.profile }),
    render: (result) => render(result),
    renderBad: (reason) => ({ equal: false, state: 'unreadable', reason, trace: [reason], status: 'error' }),
  });
  const equal = byTask.get('math_verify')?.sum ?? 0;
  const { unjudgeable, timeout, error } = byStatus;
  const summary = { rows, equal, unjudgeable, timeout, error, states: byState, seconds };
  if (flags.format === 'json' && flags.out !== undefined) terminal.out(`${JSON.stringify(summary)}\n`);
  if (flags.format === 'human')
    terminal.err(
      `${rows} pairs in ${seconds.toFixed(1)} s: ${equal} equal, ${unjudgeable} with a gold that nobody can judge, ${timeout} timed out, ${error} with errors\n`,
    );
  if (byStatus.ok < rows) throw new BadRows(rows - byStatus.ok, rows, first);
}

/** For `paper` a bare argument is an expression; text that marks its mathematics is searched for it. */
const marked = (text: string): string => (/[$]|\\\(|\\\[|\\boxed/.test(text) ? text : `$${text}$`);

async function mathPair(gold: string, pred: string, flags: MathFlags, terminal: Terminal): Promise<void> {
  const { runJob } = await import('../rewards/pool/job.ts');
  const { profile, format } = flags;
  const texts = profile === 'paper' ? { gold: marked(gold), pred: marked(pred) } : { gold, pred };
  const result = runJob({ type: 'math', ...texts, profile });
  const { equal, trace, status } = render(result);
  const verdict = status ?? (equal ? 'equal' : 'not equal');
  if (format === 'json') terminal.out(`${JSON.stringify(render(result))}\n`);
  else terminal.out(`${verdict}\n${format === 'quiet' ? '' : trace.map((line) => `  ${line}\n`).join('')}`);
}

/** A pair always exits with 0, equal or not; a file with 3 where some row has no verdict. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<gold-or-file>', 'the gold answer, or a JSON Lines file when it is the only argument')
    .argument('[pred]', 'the answer to judge')
    .option(
      '--profile <name>',
      'hardened judges by the type of the answer, paper as Math-Verify does',
      choice('--profile', profiles),
      'hardened',
    )
    .option('--out <file>', 'where the results of a file go; stdout by default')
    .option(
      '--workers <n>',
      'threads for a file; 0 judges in this process without a deadline',
      wholeNumber('--workers'),
      Math.max(1, availableParallelism() - 1),
    )
    .option('--deadline <ms>', 'kill a comparison after this time', wholeNumber('--deadline', 1), 1000)
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .addHelpText('after', exitCodeHelp)
    .action(async (first: string, pred: string | undefined, flags: MathFlags) => {
      if (pred === undefined) return mathFile(first, flags, terminal);
      if (flags.out !== undefined) throw new UsageError('flags-conflict', '--out is for files, got a pair of answers.');
      return mathPair(first, pred, flags, terminal);
    });
}
