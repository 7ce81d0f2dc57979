import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel } from '../../../test/engine/tiny-model.ts';
import type { LossSpec, SampleRequest, TrajectoryGroup } from '../engine.ts';
import { writeModel } from './checkpoint.ts';
import { EngineCore } from './engine-core.ts';
import { openLocalEngine } from './local-engine.ts';
import type { ModelConfig } from './model-config.ts';
import { initModel } from './parameters.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-worker-'));
afterAll(() => rm(directory, { recursive: true }));

const llama = join(directory, 'llama');
await writeModel(llama, { config: tinyConfig, parameters: tinyModel(tinyConfig) });

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };
const crossEntropy: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
const request: SampleRequest = {
  prompts: [randomTokens(9, tinyConfig, 'prompt')],
  rolloutsPerPrompt: 4,
  maxTokens: 20,
  temperature: 1,
  stopTokens: [],
  seeds: [1],
};

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

test('the worker gives what the engine in process gives', async () => {
  const worker = await openLocalEngine({ model: llama, threads: 1 });
  const core = await EngineCore.open({ model: llama, threads: 1 });
  expect(await worker.sample(request)).toEqual(await core.sample(request));
  expect(await worker.info()).toEqual(await core.info());
  await worker.close();
  await core.close();
});

test('errors keep their class, code and hint on the way out of the worker', async () => {
  await expect(openLocalEngine({ model: join(directory, 'nowhere') })).rejects.toMatchObject({
    name: 'InputError',
    code: 'file-missing',
    hint: 'A model is a folder with config.json, model.safetensors and tokenizer.json, or a GGUF file.',
  });
  const engine = await openLocalEngine({ model: llama, threads: 1 });
  await expect(engine.sample({ ...request, maxTokens: 1000 })).rejects.toMatchObject({
    name: 'EngineError',
    code: 'request-invalid',
  });
  await expect(engine.load({ path: llama })).rejects.toThrow('optimizer.safetensors');
  await engine.close();
});

test('closing refuses later calls and may be repeated', async () => {
  const engine = await openLocalEngine({ model: llama, threads: 1 });
  await engine.close();
  await engine.close();
  await expect(engine.info()).rejects.toMatchObject({ code: 'engine-closed' });
});

/** Turns of a timer while the engine works, 20 at most: were this thread's event loop not free, there would be fewer. */
async function ticksDuring(work: Promise<unknown>): Promise<number> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  work.then(settle, settle);
  let ticks = 0;
  while (ticks < 20 && !settled) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    ticks += 1;
  }
  return ticks;
}

test('a gradient is aborted within a second, timers tick meanwhile, and nothing of it is left', async () => {
  const config: ModelConfig = { ...tinyConfig, hiddenSize: 96, intermediateSize: 256, headDim: 24, layers: 4 };
  const model = join(directory, 'wide');
  await writeModel(model, { config, parameters: initModel(config, 1) });
  const engine = await openLocalEngine({ model, threads: 1 });
  const group = (p: number): TrajectoryGroup => ({
    prompt: randomTokens(60, config, 'long', p),
    rollouts: Array.from({ length: 16 }, (_, g) => ({
      tokens: randomTokens(60, config, 'tail', p, g),
      logprobs: new Float32Array(60),
      advantages: new Float32Array(60).fill(1),
    })),
  });
  const batch = Array.from({ length: 200 }, (_, p) => group(p));
  await engine.forwardBackward([group(1)], crossEntropy);
  await engine.optimStep(adam);
  const controller = new AbortController();
  const work = engine.forwardBackward(batch, crossEntropy, controller.signal);
  const rejected = expect(work).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' });
  expect(await ticksDuring(work)).toBe(20);
  const start = performance.now();
  controller.abort();
  await rejected;
  expect(performance.now() - start).toBeLessThan(1000);
  // Served in turn: the worker has stopped by then, and has forgotten what it had added.
  expect((await engine.optimStep(adam)).gradientNorm).toBe(0);
  await engine.close();
});

test('an abort is honoured within a second, and meanwhile the event loop of the caller is free', async () => {
  const config: ModelConfig = {
    ...tinyConfig,
    hiddenSize: 96,
    intermediateSize: 256,
    headDim: 24,
    layers: 4,
    maxContext: 2048,
  };
  const model = join(directory, 'larger');
  await writeModel(model, { config, parameters: initModel(config, 1) });
  const engine = await openLocalEngine({ model, threads: 1 });
  const controller = new AbortController();
  const sampling = engine.sample({ ...request, rolloutsPerPrompt: 200, maxTokens: 2000, signal: controller.signal });
  const rejected = expect(sampling).rejects.toMatchObject({ name: 'EngineError', code: 'aborted' });
  expect(await ticksDuring(sampling)).toBe(20);
  const start = performance.now();
  controller.abort();
  await rejected;
  expect(performance.now() - start).toBeLessThan(1000);
  expect((await engine.sample(request))[0]).toHaveLength(4);
  await engine.close();
});
