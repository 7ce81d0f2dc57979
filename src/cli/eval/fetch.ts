/** @file `golongrl eval fetch`: the original files of benchmarks, from the hub. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import { benchmarkByName } from '../../evaluation/benchmarks/registry.ts';
import { fetchFromHub, isHubName } from '../../storage/hub.ts';
import type { Terminal } from '../shared/terminal.ts';

interface FetchFlags {
  readonly into: string;
  readonly revision: string;
  readonly files?: string;
}

async function fetchBenchmarks(names: readonly string[], flags: FetchFlags, terminal: Terminal): Promise<void> {
  for (const { name, source } of names.map(benchmarkByName)) {
    if (!isHubName(source))
      throw new UsageError('not-on-hub', `${name}: its files are not on the hub; they are: ${source}.`);
    const into = join(flags.into, name);
    const { commit, files } = await fetchFromHub({
      type: 'dataset',
      repo: source,
      revision: flags.revision,
      ...(flags.files === undefined ? {} : { wanted: new RegExp(flags.files) }),
      into,
      onFile: (file, bytes, kept) => terminal.err(`${name}: ${file}, ${bytes} bytes${kept ? ', was here' : ''}\n`),
    });
    terminal.out(`${into}: ${files.length} files of ${source} at ${commit}\n`);
  }
}

/** Files that are there already are kept; exit code 2 for a benchmark whose files are not on the hub. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument('<benchmarks...>', 'names, see: golongrl eval list')
    .option('--into <dir>', 'a folder for each benchmark is made here', 'data')
    .option('--revision <name>', 'branch, tag or commit', 'main')
    .option('--files <pattern>', 'regular expression of the paths to fetch')
    .action((names: string[], flags: FetchFlags) => fetchBenchmarks(names, flags, terminal));
}
