/** @file `golongrl eval compare`: is one run better than another, item by item? */
import type { Command } from 'commander';
import { compareRuns } from '../../evaluation/compare/compare-runs.ts';
import { EvaluationDirectory } from '../../evaluation/run/evaluation-directory.ts';
import { comparisonText } from '../../evaluation/run/tables.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

async function compare(before: string, after: string, format: Format, terminal: Terminal): Promise<void> {
  const comparison = await compareRuns(new EvaluationDirectory(before), new EvaluationDirectory(after));
  if (format === 'json') terminal.out(`${JSON.stringify(comparison)}\n`);
  else terminal.out(`${comparisonText(comparison)}\n`);
}

/** Reads two runs and asks nothing. Exit code 2 where they share no answered item. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<a>', 'run directory')
    .argument('<b>', 'run directory')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((a: string, b: string, flags: { readonly format: Format }) => compare(a, b, flags.format, terminal));
}
