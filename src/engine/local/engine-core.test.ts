import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LossSpec, TrajectoryGroup } from '../engine.ts';
import { writeModel } from './checkpoint.ts';
import { EngineCore } from './engine-core.ts';
import { openLocalEngine } from './local-engine.ts';
import { randomTokens, tinyConfig, tinyModel, tinyQwen } from './tiny-model.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-engine-'));
afterAll(() => rm(directory, { recursive: true }));

const llama = join(directory, 'llama');
const qwen = join(directory, 'qwen');
await writeModel(llama, { config: tinyConfig, parameters: tinyModel(tinyConfig) });
await writeModel(qwen, { config: tinyQwen, parameters: tinyModel(tinyQwen) });

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };
const crossEntropy: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
const prompts = [5, 1, 17, 40].map((length, p) => randomTokens(length, tinyConfig, 'prompt', p));
const request = {
  prompts,
  rolloutsPerPrompt: 3,
  maxTokens: 40,
  temperature: 1,
  stopTokens: [3, 4],
  seeds: [1, 2, 3, 4],
};

for (const model of [llama, qwen]) {
  test(`decoding gives the log-probabilities of a full forward pass (${model === llama ? 'llama' : 'qwen3'})`, async () => {
    const engine = await EngineCore.open({ model, threads: 1 });
    const completions = await engine.sample(request);
    for (const [p, prompt] of prompts.entries()) {
      for (const { tokens, logprobs } of completions[p] ?? []) {
        const batch: TrajectoryGroup[] = [
          { prompt, rollouts: [{ tokens, logprobs, advantages: new Float32Array(tokens.length).fill(1) }] },
        ];
        const { loss, approximateKl } = await engine.forwardBackward(batch, {
          type: 'importance-sampling',
          aggregation: 'token-mean',
        });
        expect(approximateKl).toBeCloseTo(0, 4);
        expect(loss).toBeCloseTo(-1, 4);
      }
    }
    await engine.close();
  });
}

test('the worker trains: loss on a fixed batch falls to a tenth', async () => {
  const engine = await openLocalEngine({ model: llama, threads: 1 });
  const batch: TrajectoryGroup[] = [
    {
      prompt: new Int32Array(0),
      rollouts: [0, 1, 2].map((r) => ({
        tokens: randomTokens(12, tinyConfig, 'fixed', r),
        logprobs: new Float32Array(12),
        advantages: new Float32Array(12).fill(1),
      })),
    },
  ];
  const first = await engine.forwardBackward(batch, crossEntropy);
  await engine.optimStep(adam);
  let last = first;
  for (let step = 0; step < 60; step++) {
    last = await engine.forwardBackward(batch, crossEntropy);
    await engine.optimStep(adam);
  }
  expect(last.loss).toBeLessThan(first.loss / 10);
  await engine.close();
});
