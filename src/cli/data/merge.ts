/**
 * @file `golongrl data merge`: all shards of a mixture as the dataset that one build would have written.
 */
import path from 'node:path';
import type { Command } from 'commander';
import type { MergePlan } from '../../build/plan.ts';
import { UsageError } from '../../errors.ts';
import { choice, type Format, formats } from '../shared/options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { carryOut } from './carry-out.ts';
import { checkAbsent } from './decide-build.ts';

interface Flags {
  readonly out: string;
  readonly overwrite?: boolean;
  readonly format: Format;
}

async function decide(shards: readonly string[], { out, overwrite }: Flags): Promise<MergePlan> {
  if (shards.some((shard) => path.resolve(shard) === path.resolve(out)))
    throw new UsageError('out-is-input', `--out ${out}: is one of the shards`, 'Choose another --out.');
  await checkAbsent(out, overwrite === true);
  return { kind: 'merge', out, shards };
}

/** Exit code 2 where `--out` is one of the shards. */
export function registerMerge(command: Command, terminal: Terminal): void {
  command
    .argument('<shards...>', 'directories of the shards, in any order')
    .option('--out <dir>', 'where to write the dataset', 'dataset')
    .option('--overwrite', 'replace a dataset in the same place')
    .option('--format <format>', `result on stdout: ${formats.join(' | ')}`, choice('--format', formats), 'human')
    .action(async (shards: string[], flags: Flags) =>
      carryOut(await decide(shards, flags), { format: flags.format }, terminal),
    );
}
