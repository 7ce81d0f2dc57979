/**
 * @file `golongrl data diff`: what changed between two versions of a dataset.
 */

import type { Command } from 'commander';
import { signedCount } from '../../format.ts';
import { diffDatasets } from '../../refinement/diff-datasets.ts';
import { samplesOf } from '../../samples/samples-of.ts';
import { taskIds } from '../../tasks/task.ts';
import { textTable } from '../../text-table.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';

async function run(
  before: string,
  after: string,
  { format }: { readonly format: Format },
  terminal: Terminal,
): Promise<void> {
  const diff = await diffDatasets(samplesOf(before), samplesOf(after));
  if (format === 'json') terminal.out(`${JSON.stringify(diff)}\n`);
  if (format !== 'human') return;
  const rows = taskIds.map((task) => {
    const { before: old, after: young } = diff.tasks[task];
    return [
      task,
      ...[old.samples, young.samples].map(String),
      signedCount(young.samples - old.samples),
      ...[old.tokens, young.tokens].map(String),
      signedCount(young.tokens - old.tokens),
    ];
  });
  const { added, removed, changed, unchanged } = diff;
  terminal.out(
    `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${unchanged} unchanged\n\n${textTable(
      [['', 'samples', 'now', '', 'tokens', 'now', ''], ...rows],
    )}\n`,
  );
}

/** Differences are no failure: the exit code stays 0. */
export function registerDiff(command: Command, terminal: Terminal): void {
  command
    .argument('<before>', 'dataset directory, or a file of native samples')
    .argument('<after>', 'dataset directory, or a file of native samples')
    .option('--format <name>', formats.join(' | '), choice('--format', formats), 'human')
    .action((before: string, after: string, flags: { readonly format: Format }) => run(before, after, flags, terminal));
}
