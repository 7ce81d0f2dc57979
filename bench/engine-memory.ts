/**
 * @file Peak memory and time of a GRPO group (8 rollouts of 64 tokens) as its prompt grows, each in a process of its own: the
 * layered pass keeps two rows a token and layer and scores of one block only, so memory must grow in proportion. `peak` is
 * that of the engine's process. `before` and `after close` are what the owner holds before the engine is opened and when it
 * is closed and its process gone.
 *
 * Run: npm run bench:engine-memory -- [--shape micro,135m] [--prompt 4096,16384,32768]
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { initModel, openLocalEngine, writeModel } from '../src/engine/index.ts';
import { enginePeakBytes } from '../src/engine/local/local-engine.ts';
import { random } from '../src/random.ts';
import { shapes } from './shapes.ts';

const group = 8;
const response = 64;

const { values } = parseArgs({
  options: {
    shape: { type: 'string', default: 'micro,135m' },
    prompt: { type: 'string', default: '4096,16384,32768' },
    one: { type: 'boolean', default: false },
  },
});

interface Measured {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly modelBytes: number;
  /** Resident before the engine was opened and after it was closed. */
  readonly before: number;
  readonly after: number;
}

/** In this process: opens the model, takes one step, and reports. */
async function measure(shape: string, prompt: number): Promise<Measured> {
  const known = Object.entries(shapes).find(([name]) => name === shape)?.[1];
  if (!known) throw new Error(`--shape: got ${shape}, expected ${Object.keys(shapes).join(' | ')}.`);
  const config = { ...known, maxContext: prompt + response };
  const directory = await mkdtemp(join(tmpdir(), 'golongrl-bench-'));
  try {
    await writeModel(directory, { config, parameters: initModel(config, 1) });
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const engine = await openLocalEngine({ model: directory });
    const rng = random('bench-memory');
    const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
    const rollouts = Array.from({ length: group }, () => ({
      tokens: tokens(response),
      logprobs: new Float32Array(response).fill(-Math.log(config.vocabSize)),
      advantages: new Float32Array(response).fill(0.5),
    }));
    const start = performance.now();
    await engine.forwardBackward([{ prompt: tokens(prompt), rollouts }], {
      type: 'importance-sampling',
      aggregation: 'token-mean',
    });
    await engine.optimStep({
      learningRate: 1e-6,
      beta1: 0.9,
      beta2: 0.98,
      epsilon: 1e-8,
      weightDecay: 0.1,
      gradientClip: 1,
    });
    const seconds = (performance.now() - start) / 1000;
    const { parameters } = await engine.info();
    await engine.close();
    globalThis.gc?.();
    const after = process.memoryUsage.rss();
    return { seconds, peakBytes: enginePeakBytes(), modelBytes: 16 * parameters, before, after };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function inOwnProcess(shape: string, prompt: number): Measured {
  const args = [
    ...process.execArgv,
    '--expose-gc',
    fileURLToPath(import.meta.url),
    '--one',
    '--shape',
    shape,
    '--prompt',
    `${prompt}`,
  ];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${shape} at ${prompt} tokens ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout) as Measured;
}

const prompts = values.prompt.split(',').map(Number);
if (values.one) {
  console.log(JSON.stringify(await measure(values.shape, prompts[0] as number)));
} else {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2).padStart(8);
  console.log('shape      prompt   peak GB  model GB   rest GB  KB/token   seconds  before GB  after close');
  for (const shape of values.shape.split(',')) {
    for (const prompt of prompts) {
      const { seconds, peakBytes, modelBytes, before, after } = inOwnProcess(shape, prompt);
      const rest = peakBytes - modelBytes;
      const columns = [gigabytes(peakBytes), gigabytes(modelBytes), gigabytes(rest)];
      const perToken = (rest / 1000 / (prompt + group * response)).toFixed(1).padStart(8);
      console.log(
        [
          shape.padEnd(8),
          `${prompt}`.padStart(8),
          ...columns,
          perToken,
          seconds.toFixed(1).padStart(8),
          gigabytes(before).padStart(9),
          gigabytes(after).padStart(11),
        ].join('  '),
      );
    }
  }
}
