/**
 * @file Planned beside measured seconds of the embedded engine, and the rates (GFLOP/s a core) that follow: what
 * `coreFlops` of src/planning/local-plan.ts was set by, and how far a plan is from the truth: a time may be planned as half or twice
 * what is measured. Exits with 1 when one is not. On a machine that is busy otherwise all is measured as longer than planned.
 *
 * Run: npm run bench:plan -- [--shape micro,135m] [--cases 1]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { initModel, openLocalEngine, type TrajectoryGroup, writeModel } from '../src/engine/index.ts';
import { localSeconds } from '../src/planning/local-plan.ts';
import { forwardFlops } from '../src/planning/model-shape.ts';
import { engineShape } from '../src/planning/read-model-shape.ts';
import type { Workload } from '../src/planning/workload.ts';
import { random } from '../src/random.ts';
import { shapes } from './shapes.ts';

const { values } = parseArgs({
  options: { shape: { type: 'string', default: 'micro,135m' }, cases: { type: 'string', default: '3' } },
});
/** Most that planned and measured may differ, as a factor. */
const bound = 2;
const cores = availableParallelism();

/** Prompts, rollouts of each, tokens of prompts and responses. */
const workloads = {
  micro: [
    [16, 8, 250, 50],
    [2, 8, 4000, 64],
    [1, 8, 16_000, 64],
  ],
  '135m': [
    [4, 8, 180, 32],
    [1, 8, 1000, 32],
    [1, 8, 4000, 64],
  ],
} as const;

console.log(
  'shape      P   G  prompt  response  sample s  planned  train s  planned  GFLOP/s a core: prefill+decode  train  bound 2',
);
for (const name of values.shape.split(',')) {
  const known = Object.entries(shapes).find(([key]) => key === name)?.[1];
  const sizes = Object.entries(workloads).find(([key]) => key === name)?.[1];
  if (!known || !sizes) throw new Error(`--shape: got ${name}, expected ${Object.keys(workloads).join(' | ')}.`);
  const config = { ...known, maxContext: 32_768 };
  const shape = engineShape(config);
  const directory = await mkdtemp(join(tmpdir(), 'golongrl-plan-'));
  await writeModel(directory, { config, parameters: initModel(config, 1) });
  const engine = await openLocalEngine({ model: directory });
  for (const [prompts, group, promptTokens, responseTokens] of sizes.slice(0, Number(values.cases))) {
    const rng = random('bench-plan', promptTokens);
    const all = Array.from({ length: prompts }, () =>
      Int32Array.from({ length: promptTokens }, () => rng.integer(0, config.vocabSize - 1)),
    );
    const sample = () =>
      engine.sample({
        prompts: all,
        rolloutsPerPrompt: group,
        maxTokens: responseTokens,
        temperature: 1,
        stopTokens: [],
        seeds: all.map((_, p) => p),
      });
    const timed = async <T>(work: () => Promise<T>): Promise<[number, T]> => {
      const start = performance.now();
      const value = await work();
      return [(performance.now() - start) / 1000, value];
    };
    if (name === 'micro') await sample();
    const [sampling, completions] = await timed(sample);
    const batch: TrajectoryGroup[] = all.map((prompt, p) => ({
      prompt,
      rollouts: (completions[p] ?? []).map(({ tokens, logprobs }) => ({
        tokens,
        logprobs,
        advantages: new Float32Array(tokens.length).fill(0.5),
      })),
    }));
    const step = () => engine.forwardBackward(batch, { type: 'ppo', aggregation: 'token-mean' });
    if (name === 'micro') await step();
    const [training] = await timed(step);
    const workload: Workload = {
      prompts,
      group,
      promptTokens,
      responseTokens,
      maxPromptTokens: promptTokens,
      maxResponseTokens: responseTokens,
      drawn: 1,
    };
    const planned = localSeconds(shape, workload, cores);
    const flops =
      prompts *
      (forwardFlops(shape, 0, promptTokens) + group * forwardFlops(shape, promptTokens, promptTokens + responseTokens));
    const rate = (seconds: number, passes: number) => ((passes * flops) / seconds / cores / 1e9).toFixed(1);
    const cells = [
      name.padEnd(7),
      `${prompts}`.padStart(4),
      `${group}`.padStart(3),
      `${promptTokens}`.padStart(7),
      `${responseTokens}`.padStart(9),
      sampling.toFixed(2).padStart(9),
      planned.sampling.toFixed(2).padStart(8),
      training.toFixed(2).padStart(8),
      planned.training.toFixed(2).padStart(8),
      rate(sampling, 1).padStart(24),
      rate(training, 3).padStart(14),
    ];
    const factors = [sampling / planned.sampling, training / planned.training];
    const met = factors.every((factor) => factor <= bound && factor >= 1 / bound);
    if (!met) process.exitCode = 1;
    console.log(`${cells.join(' ')}  ${met ? 'met' : 'MISSED'}`);
  }
  await engine.close();
  await rm(directory, { recursive: true });
}
