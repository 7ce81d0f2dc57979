/** @file `golongrl engine serve`: the embedded engine behind the Tinker protocol. */
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { wholeNumber } from './shared/options.ts';
import type { Terminal } from './shared/terminal.ts';

interface ServeFlags {
  readonly model: string;
  readonly name?: string;
  readonly checkpoints: string;
  readonly host: string;
  readonly port: number;
  readonly token?: string;
  readonly threads?: number;
  readonly maxModels: number;
  readonly keepStates: number;
}

const help = `
Any Tinker client works with it, unchanged:
  golongrl engine serve --model micro --port 8000
  TINKER_BASE_URL=http://127.0.0.1:8000 TINKER_API_KEY=tml-dummy python loop.py
  golongrl train config.yaml --engine tinker:http://127.0.0.1:8000
`;

async function serveEngine(
  { token = process.env.GOLONGRL_ENGINE_TOKEN, ...flags }: ServeFlags,
  terminal: Terminal,
): Promise<void> {
  const { startEngineServer } = await import('../server/engine/server.ts');
  const { modelFolder } = await import('../experiment/model-folder.ts');
  const model = await modelFolder(flags.model);
  const name = flags.name ?? (flags.model === 'micro' ? 'micro' : basename(model));
  const server = await startEngineServer({ ...flags, model, name, token, checkpoints: resolve(flags.checkpoints) });
  terminal.err(`Engine (${name}) at ${server.url}, checkpoints in ${flags.checkpoints}\n`);
  const signal = await new Promise<string>((done) => {
    for (const event of ['SIGTERM', 'SIGINT'] as const) process.once(event, () => done(event));
  });
  terminal.err(`${signal}: answering what runs, then closing\n`);
  await server.close();
}

export function register(command: Command, terminal: Terminal): void {
  command
    .command('serve')
    .description('serve a model to Tinker clients, until SIGTERM')
    .requiredOption('--model <name>', 'model folder, GGUF file or name on the hub; "micro" comes with golongrl')
    .option('--name <name>', 'name of the model to clients (default: the last part of --model)')
    .option('--checkpoints <dir>', 'where saved weights go', 'engine-checkpoints')
    .option('--host <address>', 'address to bind; beyond loopback a token is needed', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber('--port'), 8000)
    .option('--token <text>', 'what clients must send as their key (or GOLONGRL_ENGINE_TOKEN)')
    .option('--threads <n>', 'threads of each engine', wholeNumber('--threads', 1))
    .option('--max-models <n>', 'models in training at once', wholeNumber('--max-models', 1), 4)
    .option('--keep-states <n>', 'earlier weights that stay open to sampling', wholeNumber('--keep-states'), 2)
    .addHelpText('after', help)
    .action((flags: ServeFlags) => serveEngine(flags, terminal));
}
