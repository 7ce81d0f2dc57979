/**
 * @file Where a command writes: its result to stdout, everything else to stderr. Commands get a Terminal rather than
 * `process`, so a test sees exactly what a person would see.
 */
import colors from 'picocolors';
import { printable, printableLines } from '../../printable.ts';
import type { IfExists } from '../../runs/run-directory.ts';

/** Text is written as given, line ends included. */
export interface Terminal {
  /** The result; nothing else. */
  readonly out: (text: string) => void;
  /** Progress, notices, errors. */
  readonly err: (text: string) => void;
  /** Columns when stderr is a terminal that can redraw a line; undefined otherwise. */
  readonly columns: number | undefined;
  /** Absent where nobody can answer. */
  readonly askIfExists?: (path: string) => Promise<IfExists>;
  /** Puts a question with its answers, and gives the number of the one that is chosen; undefined where the person stops. Absent where nobody can answer. */
  readonly choose?: (question: string, answers: readonly string[]) => Promise<number | undefined>;
}

/** An answer that can be chosen. */
export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** Colours where a line can be redrawn and NO_COLOR does not forbid them: a log file or a CI's log stays plain text. */
export const terminalColors = (terminal: Terminal) =>
  colors.createColors(terminal.columns !== undefined && (process.env.NO_COLOR ?? '') === '');

/** What is written here for a terminal's sake: a line that is drawn anew, and the colours of `terminalColors`. */
const escapeCode = '\u001b';
const ownCodes = new RegExp(`^\\r${escapeCode}\\[K|${escapeCode}\\[(?:31|32|33|39)m`, 'g');

function withoutForeignCodes(text: string): string {
  let [out, at] = ['', 0];
  for (const { 0: own, index } of text.matchAll(ownCodes)) {
    out += printableLines(text.slice(at, index)) + own;
    at = index + own.length;
  }
  return out + printableLines(text.slice(at));
}

/** The terminal that commands write to: a file name, a question or a server's words cannot move its cursor or set its title. */
export const guardedTerminal = (terminal: Terminal): Terminal => ({
  ...terminal,
  out: (text) => terminal.out(printableLines(text)),
  err: (text) => terminal.err(terminal.columns === undefined ? printableLines(text) : withoutForeignCodes(text)),
});

async function askIfExists(path: string): Promise<IfExists> {
  const { isCancel, select } = await import('@clack/prompts');
  const answer = await select({
    message: `${printable(path)} already holds a run. What now?`,
    options: [
      { value: 'resume' as const, label: 'Resume it' },
      { value: 'overwrite' as const, label: 'Start anew and overwrite it' },
      { value: 'fail' as const, label: 'Leave it alone and stop' },
    ],
    output: process.stderr,
  });
  return isCancel(answer) ? 'fail' : answer;
}

async function choose(question: string, answers: readonly string[]): Promise<number | undefined> {
  const { isCancel, select } = await import('@clack/prompts');
  const options = answers.map((label, value) => ({ value, label: printable(label) }));
  const answer = await select({ message: printable(question), options, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  // A reader that has seen enough, as `head`, closes the pipe: that is no failure of the command.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`error: Cannot write the result to the standard output: ${error.message}\n`);
    process.exitCode = 1;
  });
  // Progress that nobody can see any more, as behind a closed pipe or on a full disk, ends no work.
  process.stderr.on('error', () => undefined);
  const redraws = process.stderr.isTTY === true && process.env.TERM !== 'dumb' && process.env.CI === undefined;
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    columns: redraws ? process.stderr.columns || 80 : undefined,
    // A terminal of no width, as some containers give, cannot show a question.
    ...(process.stdin.isTTY && process.stderr.isTTY && process.stderr.columns > 0 ? { askIfExists, choose } : {}),
  };
}
