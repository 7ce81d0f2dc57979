import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel, tinyQwen, tinyQwen2 } from '../../../test/engine/tiny-model.ts';
import type { Engine, LossSpec, TrajectoryGroup } from '../engine.ts';
import { EngineCore } from './engine-core.ts';
import { writeModel } from './weights/checkpoint.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-engine-'));
afterAll(() => rm(directory, { recursive: true }));

const llama = join(directory, 'llama');
const qwen = join(directory, 'qwen');
await writeModel(llama, { config: tinyConfig, parameters: tinyModel(tinyConfig) });
const qwen2 = join(directory, 'qwen2');
await writeModel(qwen2, { config: tinyQwen2, parameters: tinyModel(tinyQwen2) });
await writeModel(qwen, { config: tinyQwen, parameters: tinyModel(tinyQwen) });

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };
const prompts = [5, 1, 17, 40].map((length, p) => randomTokens(length, tinyConfig, 'prompt', p));
const request = {
  prompts,
  rolloutsPerPrompt: 3,
  maxTokens: 40,
  temperature: 1,
  stopTokens: [3, 4],
  seeds: [1, 2, 3, 4],
};

for (const model of [llama, qwen, qwen2]) {
  test(`decoding gives the log-probabilities of a full forward pass (${basename(model)})`, async () => {
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

const group: TrajectoryGroup = {
  prompt: randomTokens(20, tinyConfig, 'resume prompt'),
  rollouts: [0, 1, 2].map((r) => ({
    tokens: randomTokens(7, tinyConfig, 'resume', r),
    logprobs: new Float32Array(7).fill(-3.5),
    advantages: new Float32Array(7).fill(r - 0.8),
  })),
};
const ppo: LossSpec = { type: 'ppo', aggregation: 'token-mean' };

async function train(engine: Engine, steps: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { loss, entropy } = await engine.forwardBackward([group], ppo);
    const { gradientNorm, step: taken } = await engine.optimStep(adam);
    numbers.push(loss, entropy, gradientNorm, taken);
  }
  return numbers;
}

test('a checkpoint continues bit-exactly, in the same engine and in a new one', async () => {
  const checkpoint = join(directory, 'resume');
  const engine = await EngineCore.open({ model: qwen, threads: 1 });
  await train(engine, 3);
  await engine.save(checkpoint);
  const unbroken = await train(engine, 4);
  const sampled = await engine.sample(request);

  await engine.load({ path: checkpoint });
  expect(await train(engine, 4)).toEqual(unbroken);
  await engine.close();

  const other = await EngineCore.open({ model: qwen, threads: 1 });
  await other.load({ path: checkpoint });
  expect(await train(other, 4)).toEqual(unbroken);
  expect(await other.sample(request)).toEqual(sampled);
  await other.close();
});

test('gradients accumulate over calls until the optimizer step', async () => {
  const halves = await EngineCore.open({ model: llama, threads: 1 });
  const whole = await EngineCore.open({ model: llama, threads: 1 });
  const spec: LossSpec = { type: 'ppo', aggregation: 'constant', normalizer: 14 };
  const other = { ...group, prompt: randomTokens(12, tinyConfig, 'second prompt') };
  await halves.forwardBackward([group], spec);
  await halves.forwardBackward([other], spec);
  await whole.forwardBackward([group, other], spec);
  const first = await halves.optimStep(adam);
  expect(first.gradientNorm).toBeCloseTo((await whole.optimStep(adam)).gradientNorm, 5);
  expect((await halves.optimStep(adam)).gradientNorm).toBe(0);
  await halves.close();
  await whole.close();
});

test('weights and moments that are not finite are never saved, and the checkpoint from before stays', async () => {
  const checkpoint = join(directory, 'poisoned');
  const engine = await EngineCore.open({ model: llama, threads: 1 });
  await train(engine, 1);
  await engine.save(checkpoint);
  // What a fault in memory would do; no method can.
  const optimizer = Reflect.get(engine, 'optimizer') as { m: Float32Array };
  optimizer.m[5] = Number.NaN;
  await expect(engine.save(checkpoint)).rejects.toMatchObject({ name: 'EngineError', code: 'not-finite' });
  await engine.load({ path: checkpoint });
  await train(engine, 1);
  await engine.close();
});

test('numbers below the normal ones are saved and loaded by their bits', async () => {
  const checkpoint = join(directory, 'subnormal');
  const bits = ({ buffer, byteOffset }: Float32Array) => new Uint32Array(buffer, byteOffset, 2);
  const engine = await EngineCore.open({ model: llama, threads: 1 });
  await train(engine, 1);
  const { flat } = Reflect.get(engine, 'parameters') as { flat: Float32Array };
  const { m } = Reflect.get(engine, 'optimizer') as { m: Float32Array };
  for (const values of [flat, m]) bits(values).set([1, 0x80012345]);
  await engine.save(checkpoint);
  for (const values of [flat, m]) bits(values).fill(0);
  await engine.load({ path: checkpoint });
  for (const values of [flat, m]) expect([...bits(values)]).toEqual([1, 0x80012345]);
  await engine.close();
});

test("another model's checkpoint is refused and changes nothing", async () => {
  const checkpoint = join(directory, 'foreign');
  const other = await EngineCore.open({ model: qwen, threads: 1 });
  await other.save(checkpoint);
  await other.close();
  const engine = await EngineCore.open({ model: llama, threads: 1 });
  const before = await engine.sample(request);
  await expect(engine.load({ path: checkpoint })).rejects.toMatchObject({
    name: 'InputError',
    code: 'checkpoint-foreign',
  });
  expect(await engine.sample(request)).toEqual(before);
  await engine.close();
});
