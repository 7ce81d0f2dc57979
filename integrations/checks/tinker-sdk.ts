/**
 * @file `npm run check:tinker-sdk -- --venv DIR` and `npm run check:tinker-cookbook -- --venv DIR [--only sl_loop,dpo]`: the official tinker
 * SDK, and the recipes of tinker-cookbook, as the registry has them, against `engine serve`. The environment needs
 * `pip install tinker`, for the cookbook `pip install 'tinker-cookbook[math-rl]'`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngineServer } from '../../src/server/engine/server.ts';

const { values, positionals } = parseArgs({
  options: { venv: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
});
const { venv, only } = values;
if (venv === undefined) throw new Error('Give --venv DIR: a Python environment with tinker installed.');
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const model = path('../../models/micro');
/** The SDK takes no key of another beginning. */
const token = 'tml-check';
const work = await mkdtemp(join(tmpdir(), 'golongrl-tinker-sdk-'));
/** Arguments of each script; the cookbook finds the tokenizer by the model's name, which is its folder here. */
const scripts: Readonly<Record<string, (url: string) => string[]>> = {
  loop: (url) => [path('tinker_sdk_loop.py'), url, join(model, 'tokenizer.json')],
  clients: (url) => [path('thirty_clients.py'), url],
  cookbook: (url) => [path('cookbook_recipes.py'), url, model, join(work, 'runs'), ...(only?.split(',') ?? [])],
};

const run = (args: readonly string[]) =>
  new Promise<number>((resolve) => {
    const child = spawn(join(venv, 'bin', 'python'), args, {
      stdio: 'inherit',
      timeout: 1_800_000,
      env: { ...process.env, TINKER_API_KEY: token, TINKER_TELEMETRY: '0', HF_HUB_OFFLINE: '1' },
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });

const checkpoints = join(work, 'checkpoints');
const server = await startEngineServer({ model, name: model, checkpoints, port: 0, token });
try {
  for (const [name, argsOf] of Object.entries(scripts)) {
    if (!positionals.includes(name)) continue;
    process.exitCode = Math.max(Number(process.exitCode ?? 0), await run(argsOf(server.url)));
  }
} finally {
  await server.close();
  await rm(work, { recursive: true });
}
