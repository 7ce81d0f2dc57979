/**
 * @file The line of progress of commands that go through samples or rows: counted as they pass, gone when the command ends or fails.
 */
import type { Format } from './options.ts';
import { type ProgressLine, progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** Runs work that shows how far it is; `--format quiet` shows nothing, and what is to be kept stays. */
export async function watching<T>(
  terminal: Terminal,
  format: Format,
  work: (line: ProgressLine) => Promise<T>,
): Promise<T> {
  const line = progressLine(terminal);
  const hidden = { start: () => undefined, show: () => undefined };
  try {
    return await work(format === 'quiet' ? { ...line, ...hidden } : line);
  } finally {
    line.clear();
  }
}

/** Loads what is not there at once, under a first sign of life on a terminal. */
export async function loading<T>(
  { terminal, format }: { readonly terminal: Terminal; readonly format: Format },
  load: () => Promise<T>,
): Promise<T> {
  if (terminal.columns === undefined || format === 'quiet') return await load();
  const line = progressLine(terminal);
  line.start('Prepare');
  try {
    return await load();
  } finally {
    line.clear();
  }
}

/**
 * The rows as they are, counted on the line.
 *
 * @param what Is done with them.
 * @param total Undefined where nobody knows: then the line has no time left.
 */
export async function* counted<T>(
  line: ProgressLine,
  what: string,
  rows: AsyncIterable<T>,
  total?: number,
): AsyncGenerator<T> {
  line.start(what);
  let done = 0;
  for await (const row of rows) {
    yield row;
    line.show({ done: ++done, total });
  }
}
