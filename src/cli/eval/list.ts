/** @file `golongrl eval list`: the benchmarks, their files and how they are scored. */
import type { Command } from 'commander';
import { benchmarks } from '../../evaluation/benchmarks/registry.ts';
import { textTable } from '../../text-table.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

function list(format: Format, terminal: Terminal): void {
  if (format === 'json') {
    const rows = benchmarks.map(({ name, title, source, files, items, sampling, inputTokens, judge, prompts }) => ({
      ...{ name, title, source, files, items, sampling, inputTokens, prompts },
      judge: judge !== undefined,
    }));
    terminal.out(`${JSON.stringify(rows)}\n`);
    return;
  }
  const head = ['', 'items', 'repeats', 'judge', 'source: files'];
  const rows = benchmarks.map(({ name, items, sampling, judge, source, files }) => [
    name,
    String(items),
    String(sampling.repeats),
    judge === undefined ? '' : 'judge',
    `${source}: ${files}`,
  ]);
  terminal.out(`${textTable([head, ...rows], [0, 4])}\n`);
}

/** Needs no data and no model: it prints the registry. */
export function register(command: Command, terminal: Terminal): void {
  command
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((flags: { readonly format: Format }) => list(flags.format, terminal));
}
