/**
 * @file `golongrl studio [DIR...]`: runs in a browser, while they train and afterwards.
 */
import type { Command } from 'commander';
import { serveUntilSignal } from './shared/interrupt.ts';
import { wholeNumber } from './shared/options.ts';
import { type GuardFlags, guardOptions, serverToken } from './shared/server-token.ts';
import type { Terminal } from './shared/terminal.ts';

interface StudioFlags extends GuardFlags {
  readonly host: string;
  readonly port: number;
  readonly review?: boolean;
}

const variable = 'GOLONGRL_STUDIO_TOKEN';

async function serveStudio(folders: readonly string[], flags: StudioFlags, terminal: Terminal): Promise<void> {
  const { startStudio } = await import('../studio/server.ts');
  const { token } = await serverToken(flags, variable);
  const { host, port, allowHost: hosts, review = false } = flags;
  const watched = folders.length === 0 ? ['runs'] : folders;
  const server = await startStudio({ folders: watched, host, port, token, hosts, review });
  terminal.out(`${server.address}\n`);
  const does = review
    ? 'writes reviews of samples (reviews.jsonl of their dataset) and nothing else'
    : 'reads and changes nothing';
  terminal.err(`The studio ${does}. Its token is in the address; Ctrl-C ends it.\n`);
  await serveUntilSignal(server, terminal);
}

interface BundleFlags {
  readonly out?: string;
  readonly rollouts: number;
  readonly samples: number;
  readonly against?: string[];
}

async function writeStatic(folder: string, flags: BundleFlags, terminal: Terminal): Promise<void> {
  const { writeBundle } = await import('../studio/bundle/write-bundle.ts');
  const { out = `${folder.replace(/\/+$/, '')}-bundle`, ...more } = flags;
  const { files, notes } = await writeBundle({ folder, out, ...more });
  terminal.out(`${out}/index.html\n`);
  terminal.err(`${[`${files} files.`, ...notes].join(' ')} It opens from a file and sends nothing.\n`);
}

async function writeExplorer(file: string, terminal: Terminal): Promise<void> {
  const { explorerPage } = await import('../studio/bundle/explorer-page.ts');
  const { writeFileAtomic } = await import('../storage/files.ts');
  await writeFileAtomic(file, await explorerPage());
  terminal.out(`${file}\n`);
}

/** The address goes to stdout, with the token behind `#`. Ends on SIGTERM or SIGINT. */
export function register(command: Command, terminal: Terminal): void {
  command
    .argument(
      '[folders...]',
      'runs, datasets, evaluations, corpora, folders that hold some, or documents (default runs)',
    )
    .option('--host <address>', 'address to bind, and a name that browsers may use', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 7300)
    .option('--review', 'let pages write what is said of samples: accept, reject, a note');
  guardOptions(command, variable).action((folders: string[], flags: StudioFlags) =>
    serveStudio(folders, flags, terminal),
  );
  command
    .command('bundle')
    .description('write a run, a dataset or an evaluation as static files that open without a server')
    .argument('<folder>', 'run, dataset or evaluation')
    .option('--out <folder>', 'where to (default FOLDER-bundle)')
    .option('--rollouts <n>', 'rollouts at most, from evenly chosen steps', wholeNumber('--rollouts', 1), 20_000)
    .option('--samples <n>', 'samples of a dataset at most, evenly chosen', wholeNumber('--samples', 1), 1000)
    .option('--against <folders...>', 'evaluations that this one is held against, item by item')
    .action((folder: string, flags: BundleFlags) => writeStatic(folder, flags, terminal));
  command
    .command('explorer')
    .description('write the explorer of estimators as one page')
    .argument('<file>', 'an .html file')
    .action((file: string) => writeExplorer(file, terminal));
}
