/** @file `golongrl engine`: install the embedded engine, and serve it behind the Tinker protocol. */
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { type ComputeDevice, computeDevices } from '../engine/local/compute.ts';
import { runtimePackages } from '../engine/local/runtime/find-runtime.ts';
import { ensureEngine } from './shared/ensure-engine.ts';
import { serveUntilSignal } from './shared/interrupt.ts';
import { choice, wholeNumber } from './shared/options.ts';
import { type GuardFlags, guardOptions, serverToken, tokenLine, tokenNote } from './shared/server-token.ts';
import type { Terminal } from './shared/terminal.ts';

interface ServeFlags extends GuardFlags {
  readonly model: string;
  readonly name?: string;
  readonly checkpoints: string;
  readonly host: string;
  readonly port: number;
  readonly threads?: number;
  readonly device: ComputeDevice;
  readonly maxModels: number;
  readonly keepStates?: number;
}

const help = `
Any Tinker client works with it, unchanged:
  golongrl engine serve --model micro --port 8000 --token-file engine.token &
  export TINKER_API_KEY=$(cat engine.token)
  TINKER_BASE_URL=http://127.0.0.1:8000 python loop.py
  golongrl train config.yaml --engine tinker:http://127.0.0.1:8000
`;

const installHelp = `
Rewards, data and evaluation over endpoints need no engine. It is installed for the user, not the project: exact versions, no
install scripts, 75 MB. GOLONGRL_ENGINE_DIR names another place than the user's cache; copied to a machine without a network, it works there.
`;

async function install(terminal: Terminal): Promise<void> {
  await ensureEngine(terminal);
  terminal.out(
    `${Object.entries(runtimePackages())
      .map((pair) => pair.join('@'))
      .join(' ')}\n`,
  );
}

async function serveEngine(flags: ServeFlags, terminal: Terminal): Promise<void> {
  await ensureEngine(terminal);
  const { startEngineServer } = await import('../server/engine/server.ts');
  const { modelFolder } = await import('../experiment/model-folder.ts');
  const found = await serverToken(flags, 'GOLONGRL_ENGINE_TOKEN');
  const model = await modelFolder(flags.model);
  const name = flags.name ?? (flags.model === 'micro' ? 'micro' : basename(model));
  const server = await startEngineServer({
    ...flags,
    model,
    name,
    token: found.token,
    hosts: flags.allowHost,
    allowOrigins: flags.allowOrigin,
    onNotice: (text) => terminal.err(`${text}\n`),
    checkpoints: resolve(flags.checkpoints),
  });
  terminal.out(tokenLine(found, 'TINKER_API_KEY'));
  terminal.err(
    `Engine (${name}) at ${server.url}, checkpoints in ${flags.checkpoints}\n${tokenNote(found, flags.tokenFile)}\n`,
  );
  await serveUntilSignal(server, terminal);
}

/** The token goes to stdout once where it was made here; everything else to stderr. Ends on SIGTERM or SIGINT. */
export function register(command: Command, terminal: Terminal): void {
  command
    .command('install')
    .description('install the packages of the embedded engine, as the first use of it does')
    .addHelpText('after', installHelp)
    .action(() => install(terminal));
  const serve = command
    .command('serve')
    .description('serve a model to Tinker clients, until SIGTERM')
    .requiredOption('--model <name>', 'model folder, GGUF file or name on the hub; "micro" comes with golongrl')
    .option('--name <name>', 'name of the model to clients (default: the last part of --model)')
    .option('--checkpoints <dir>', 'where saved weights go', 'engine-checkpoints')
    .option(
      '--host <address>',
      'address to bind, and a name that clients may use; beyond loopback a token is needed',
      '127.0.0.1',
    )
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 8000)
    .option('--threads <n>', 'threads of each engine', wholeNumber('--threads', 1))
    .option(
      '--device <name>',
      `where engines compute: ${computeDevices.join(' | ')}`,
      choice('--device', computeDevices),
      'cpu',
    )
    .option('--max-models <n>', 'models in memory at once; others wait on disk', wholeNumber('--max-models', 1), 4)
    .option(
      '--keep-states <n>',
      'earlier weights that stay open to sampling (default: what 4 GB hold, two at least)',
      wholeNumber('--keep-states'),
    )
    .addHelpText('after', help);
  guardOptions(serve, 'GOLONGRL_ENGINE_TOKEN').action((flags: ServeFlags) => serveEngine(flags, terminal));
}
