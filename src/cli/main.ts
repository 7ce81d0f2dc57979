/**
 * @file The command line: wires the commands, prints errors, sets the exit code.
 * 0 done, 1 failure, 2 wrong usage, 3 done but for some rows, 130 interrupted.
 */
import { Command, CommanderError } from 'commander';
import { GolongrlError, ResourceError, UsageError } from '../errors.ts';
import { versions } from '../runs/versions.ts';
import { errorCode, unnamedFileError } from '../storage/files.ts';
import { commands } from './commands.ts';
import { BadRows, badRowsExitCode } from './shared/bad-rows.ts';
import { Interruption, interruptedExitCode } from './shared/interrupt.ts';
import { addLazyCommands, loadNamed } from './shared/lazy-commands.ts';
import { guardedTerminal, processTerminal, type Terminal, terminalColors } from './shared/terminal.ts';

const description = `Long-context reinforcement learning with verifiable rewards: documents to dataset to policy to evaluation.

New here? Run this; it needs no GPU and about five minutes:
  golongrl quickstart

Completion of commands and options (bash, zsh, fish, powershell):
  source <(golongrl complete bash)`;

/** The program with the names of all its commands; nothing runs yet. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('golongrl')
    .description(description)
    .version(versions().golongrl ?? '', '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false });
  addLazyCommands(program, terminal, commands);
  return program;
}

/** `golongrl complete SHELL` prints the script that a shell reads; the script asks `golongrl complete -- WORDS` back. */
async function addCompletion(program: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  await loadNamed(program, words, terminal);
  tab(program);
}

/** Node finds no module where it may open no more files, and says the same of one that is not installed. */
function unloadedPart(error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_DLOPEN_FAILED')) return error;
  const hint = 'Raise the limit on open files (ulimit -n 1024); where that does not help, install golongrl anew.';
  const message = `A part of golongrl cannot be loaded: ${error.message.split('\n', 1)[0]}`;
  return new ResourceError('part-missing', message, hint, { cause: error });
}

/** Cause and way out in one line, the last one: what a person reads first. Several faults have a line each. */
function failureText({ message, hint }: GolongrlError): string {
  if (hint === undefined) return message;
  if (message.includes('\n')) return `${message}\n${hint}`;
  return `${message}${/[.!?:]$/.test(message) ? '' : '.'} ${hint}`;
}

/** Prints what went wrong and returns the exit code. */
function reportFailure(thrown: unknown, terminal: Terminal): number {
  const error = unloadedPart(unnamedFileError(thrown));
  const colors = terminalColors(terminal);
  if (error instanceof CommanderError) {
    // Commander has printed its message; asking for help or the version is no failure.
    return error.exitCode === 0 || error.code === 'commander.help' ? 0 : 2;
  }
  if (error instanceof Interruption) {
    terminal.err(`\n${error.message}\n`);
    return interruptedExitCode;
  }
  if (error instanceof GolongrlError) {
    terminal.err(`${colors.red('error:')} ${failureText(error)}\n`);
    if (error instanceof BadRows) return badRowsExitCode;
    return error instanceof UsageError ? 2 : 1;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(`${colors.red('unexpected error, which is a bug in golongrl:')}\n${stack}\n`);
  return 1;
}

/** Runs one command line; `args` without interpreter and script. Returns the exit code. */
export async function runCommand(args: readonly string[], output: Terminal): Promise<number> {
  const terminal = guardedTerminal(output);
  try {
    const program = createProgram(terminal);
    if (args[0] === 'complete') await addCompletion(program, args.slice(2), terminal);
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return reportFailure(error, terminal);
  }
}

/**
 * Runs the command line of this process and sets its exit code.
 *
 * @param argv `process.argv`: the interpreter and the script come first.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const code = await runCommand(argv.slice(2), processTerminal());
  // What could not be written to the standard output is a failure too.
  process.exitCode = code || process.exitCode || 0;
}
