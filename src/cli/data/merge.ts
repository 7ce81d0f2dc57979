/**
 * @file `golongrl data merge`: all shards of a mixture as the dataset that one build would have written.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { mergeShards } from '../../build/build-shard.ts';
import { journalFile } from '../../build/places-journal.ts';
import { UsageError } from '../../errors.ts';
import { datasetExists, datasetState } from '../../samples/write-dataset.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import { progress } from '../shared/progress.ts';
import type { Terminal } from '../shared/terminal.ts';

interface Flags {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly format: Format;
}

async function merge(shards: readonly string[], { out, overwrite, format }: Flags, terminal: Terminal): Promise<void> {
  if (shards.some((shard) => path.resolve(shard) === path.resolve(out)))
    throw new UsageError('out-is-input', `--out ${out}: is one of the shards`, 'Choose another --out.');
  const state = await datasetState(out);
  if (state !== 'absent' && overwrite !== true) throw datasetExists(out, state);
  await rm(path.join(out, journalFile), { force: true });
  const onEvent = format === 'quiet' ? () => undefined : progress(terminal);
  const { summary, lines } = await mergeShards({ shards, directory: out, context: { onEvent, seconds: {} } });
  if (format === 'human') terminal.err(`${lines.join('\n')}\n`);
  if (format === 'json') terminal.out(`${JSON.stringify({ out, shards: shards.length, ...summary })}\n`);
  else if (format === 'quiet') terminal.out(`${out}\n`);
  else
    terminal.out(
      `${summary.samples} samples of ${shards.length} shards in ${out}. Read ${path.join(out, 'README.md')}.\n`,
    );
}

export function registerMerge(command: Command, terminal: Terminal): void {
  command
    .argument('<shards...>', 'directories of the shards, in any order')
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .action((shards: string[], flags: Flags) => merge(shards, flags, terminal));
}
