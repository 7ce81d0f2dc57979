/** @file `golongrl eval`: a model on published benchmarks. */
import type { Command } from 'commander';
import { addLazyCommands, type LazyCommand } from '../shared/lazy-commands.ts';
import type { Terminal } from '../shared/terminal.ts';

/** In the order of use, `list` last. */
export const commands: readonly LazyCommand[] = [
  {
    usage: 'run [options] [benchmarks...]',
    description: 'ask, score and report; run it again to continue',
    load: async () => (await import('./run.ts')).register,
  },
  {
    usage: 'fetch [options] <benchmarks...>',
    description:
      'fetch the original files of benchmarks from the hub (HF_ENDPOINT, HF_TOKEN); run it again to continue',
    load: async () => (await import('./fetch.ts')).register,
  },
  {
    usage: 'compare [options] <a> <b>',
    description: 'is B better than A? paired by item, with intervals, flips and a correction for many benchmarks',
    load: async () => (await import('./compare.ts')).register,
  },
  {
    usage: 'report [options] <run>',
    description: 'write report.html again',
    load: async () => (await import('./report.ts')).register,
  },
  {
    usage: 'list [options]',
    description: 'the benchmarks, their original files and how they are scored',
    load: async () => (await import('./list.ts')).register,
  },
];

/** Its commands are loaded when they are named, as those of the program are. */
export function register(command: Command, terminal: Terminal): void {
  addLazyCommands(command, terminal, commands);
}
