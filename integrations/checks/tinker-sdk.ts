/**
 * @file `npm run check:tinker-sdk -- --venv DIR`: the official tinker SDK, as the registry has it, trains against `engine serve`.
 * The environment needs `pip install tinker` (and with it tokenizers).
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngineServer } from '../../src/server/engine/server.ts';

const { values } = parseArgs({ options: { venv: { type: 'string' } } });
if (values.venv === undefined) throw new Error('Give --venv DIR: a Python environment with tinker installed.');
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const model = path('../../models/micro');
/** The SDK takes no key of another beginning. */
const token = 'tml-check';
const checkpoints = await mkdtemp(join(tmpdir(), 'golongrl-tinker-sdk-'));
const server = await startEngineServer({ model, name: 'micro', checkpoints, port: 0, token });
try {
  const python = join(values.venv, 'bin', 'python');
  const child = spawn(python, [path('tinker_sdk_loop.py'), server.url, join(model, 'tokenizer.json')], {
    stdio: 'inherit',
    timeout: 900_000,
    env: { ...process.env, TINKER_API_KEY: token, TINKER_TELEMETRY: '0', HF_HUB_OFFLINE: '1' },
  });
  process.exitCode = await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
} finally {
  await server.close();
  await rm(checkpoints, { recursive: true });
}
