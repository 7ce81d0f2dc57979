/**
 * @file Ctrl-C during a long command: the first one asks the work to end in order, the second one ends the process.
 */
import type { Terminal } from './terminal.ts';

/** Exit code of a process that was interrupted: 128 + SIGINT. */
export const interruptedExitCode = 130;

/** The work ended early and in order; the message says how to go on. */
export class Interruption extends Error {}

/** Runs `work` with a signal that the first SIGINT or SIGTERM aborts. @param command What goes on with it later. */
export async function interruptible<T>(
  terminal: Terminal,
  command: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      terminal.err(`\nQuit at once; what was saved before is kept. Continue with: ${command}\n`);
      process.exit(interruptedExitCode);
    }
    terminal.err('\nStopping as soon as all is saved. Press Ctrl-C again to quit at once.\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** Serves until SIGTERM or SIGINT, then lets what runs end. */
export async function serveUntilSignal(server: { close(): Promise<void> }, terminal: Terminal): Promise<void> {
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve(name));
  });
  terminal.err(`${signal}: answering what runs, then closing\n`);
  await server.close();
}
