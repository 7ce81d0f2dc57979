/**
 * @file The embedded engine beside PyTorch and transformers on the CPU: same weights, same run, two threads each, fp32.
 * Prints a table of medians and ratios with the bound that each is held to; exits with 1 when one is missed.
 *
 * Run: npx tsx bench/engine-pytorch/compare.ts --python VENV/bin/python [--shape micro|135m] [--prompt 1024,4096]
 *      [--only group,dense,decode] [--repetitions 3]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  initModel,
  type LossSpec,
  type ModelConfig,
  openLocalEngine,
  type TrajectoryGroup,
  writeModel,
} from '../../src/engine/index.ts';
import { random } from '../../src/random.ts';
import { shapes } from '../shapes.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    shape: { type: 'string', default: 'micro' },
    prompt: { type: 'string', default: '1024,4096' },
    only: { type: 'string', default: 'group,dense,decode' },
    repetitions: { type: 'string', default: '3' },
  },
});
const { python } = values;
if (python === undefined) throw new Error('--python: a Python with torch and transformers is needed.');
const repetitions = Number(values.repetitions);
const only = values.only.split(',');

const config: ModelConfig | undefined = Object.entries(shapes).find(([name]) => name === values.shape)?.[1];
if (!config) throw new Error(`--shape: got ${values.shape}, expected ${Object.keys(shapes).join(' | ')}.`);

const rng = random('bench-pytorch');
const tokens = (count: number) => Int32Array.from({ length: count }, () => rng.integer(0, config.vocabSize - 1));
const rollout = (count: number) => ({
  tokens: tokens(count),
  logprobs: new Float32Array(count).fill(-Math.log(config.vocabSize)),
  advantages: new Float32Array(count).fill(0.5),
});
const directory = await mkdtemp(join(tmpdir(), 'golongrl-bench-'));
await writeModel(directory, { config, parameters: initModel(config, 1) });
const engine = await openLocalEngine({ model: directory, threads: 2 });
// Passive: threads that spin while they wait lose a multiple of their time when anything else runs on the machine.
const rival = spawn(python, [new URL('./pytorch_side.py', import.meta.url).pathname, directory], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: {
    ...process.env,
    TRANSFORMERS_VERBOSITY: 'error',
    TQDM_DISABLE: '1',
    OMP_NUM_THREADS: '2',
    OMP_WAIT_POLICY: 'PASSIVE',
  },
});
const answers = createInterface({ input: rival.stdout })[Symbol.asyncIterator]();

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] as number;

async function pytorch(fields: Record<string, unknown>): Promise<number> {
  rival.stdin.write(`${JSON.stringify({ ...fields, repetitions })}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('the PyTorch side ended; its message is above.');
  return median(JSON.parse(value) as number[]);
}

async function ours(work: () => Promise<number>, warmUp = true): Promise<number> {
  if (warmUp) await work();
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) times.push(await work());
  return median(times);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

let missed = false;
function report(name: string, ratio: number, bound: number, detail: string): void {
  const met = ratio >= bound;
  missed ||= !met;
  console.log(`${name}: ${ratio.toFixed(2)} (bound ${bound.toFixed(2)}, ${met ? 'met' : 'MISSED'}); ${detail}`);
}

const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
const adam = { learningRate: 1e-6, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.1, gradientClip: 1 };
const step = (batch: readonly TrajectoryGroup[], spec: LossSpec, warmUp = true) =>
  ours(
    () =>
      timed(async () => {
        await engine.forwardBackward(batch, spec);
        await engine.optimStep(adam);
      }),
    warmUp,
  );

async function groupStep(prompt: number): Promise<void> {
  const response = prompt < 4096 ? 32 : 64;
  const sizes = { prompt, response, group: 8 };
  // Autograd keeps about 2 MB a token of the larger model: its eight sequences do not fit together.
  const atOnce = values.shape === 'micro' ? 8 : 1;
  const batch = [{ prompt: tokens(prompt), rollouts: Array.from({ length: 8 }, () => rollout(response)) }];
  // Minutes each: the first run is not slower by anything that counts.
  const warmUp = values.shape === 'micro' || prompt < 4096;
  const own = await step(batch, { type: 'importance-sampling', aggregation: 'token-mean' }, warmUp);
  // The rival's better way of two.
  const expanded = await pytorch({ kind: 'shared', ...sizes, warmUp });
  const packed = await pytorch({ kind: 'packed', ...sizes, warmUp });
  const shared = Math.min(expanded, packed);
  const whole = await pytorch({ kind: 'whole', ...sizes, atOnce, warmUp });
  const name = `${values.shape} group step P=${prompt} R=${response} G=8`;
  const promised = (8 * (prompt + response)) / (prompt + 8 * response);
  report(`${name}, speed over PyTorch with whole sequences`, whole / own, 6, `${ms(own)} against ${ms(whole)}`);
  report(
    `${name}, speed over PyTorch with sharing`,
    shared / own,
    1.3,
    `${ms(own)} against ${ms(expanded)} (keys expanded), ${ms(packed)} (one masked sequence)`,
  );
  // Token counts leave attention and the optimizer out: where the rival falls short of them, we measure up to them ourselves.
  const reached = `the rival reaches ${(100 * (whole / shared / promised)).toFixed(0)} % of ${promised.toFixed(1)}`;
  report(
    `${name}, speed over a PyTorch with all the gain that token counts promise`,
    whole / promised / own,
    1 / 1.4,
    reached,
  );
}

async function denseStep(): Promise<void> {
  const batch = values.shape === 'micro' ? 8 : 1;
  const group = { prompt: new Int32Array(0), rollouts: Array.from({ length: batch }, () => rollout(512)) };
  const own = await step([group], { type: 'cross-entropy', aggregation: 'token-mean' });
  const torch = await pytorch({ kind: 'dense', batch, length: 512 });
  const rate = (seconds: number) => `${((batch * 512) / seconds).toFixed(0)} tokens/s`;
  report(`${values.shape} dense training B=${batch} S=512`, torch / own, 0.9, `${rate(own)} against ${rate(torch)}`);
}

async function decode(batch: number): Promise<void> {
  const prompts = Array.from({ length: batch }, () => tokens(480));
  const sample = (maxTokens: number) =>
    timed(() =>
      engine.sample({
        prompts,
        rolloutsPerPrompt: 1,
        maxTokens,
        temperature: 1,
        stopTokens: [],
        seeds: prompts.map((_, i) => i),
      }),
    );
  // The prompt's share cancels, as on the other side.
  const own = await ours(async () => -(await sample(1)) + (await sample(32)));
  const torch = await pytorch({ kind: 'decode', batch, prompt: 480, response: 32 });
  const rate = (seconds: number) => `${((batch * 31) / seconds).toFixed(0)} tokens/s`;
  // Differences of clocks: beside other work one may be negative, and there is no ratio then.
  const ratio = own > 0 && torch > 0 ? torch / own : Number.NaN;
  report(`${values.shape} decode B=${batch}, context 512`, ratio, 2.5, `${rate(own)} against ${rate(torch)}`);
}

try {
  if (only.includes('dense')) await denseStep();
  if (only.includes('decode')) for (const batch of [8, 32]) await decode(batch);
  if (only.includes('group')) for (const prompt of values.prompt.split(',')) await groupStep(Number(prompt));
} finally {
  rival.stdin.end();
  await engine.close();
  await rm(directory, { recursive: true });
}
if (missed) process.exitCode = 1;
