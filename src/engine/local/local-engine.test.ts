import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel } from '../../../test/engine/tiny-model.ts';
import type { LossSpec, SampleEvent, SampleRequest, TrajectoryGroup } from '../engine.ts';
import { EngineCore } from './engine-core.ts';
import { enginePeakBytes, openLocalEngine } from './local-engine.ts';
import { writeModel } from './weights/checkpoint.ts';
import type { ModelConfig } from './weights/model-config.ts';
import { initModel } from './weights/parameters.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-process-'));
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

test('training over the wire: loss on a fixed batch falls to a tenth', { tags: ['long'] }, async () => {
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

test('the engine in its process gives what the engine in the calling one gives', { tags: ['long'] }, async () => {
  const apart = await openLocalEngine({ model: llama, threads: 1 });
  const core = await EngineCore.open({ model: llama, threads: 1 });
  expect(await apart.sample(request)).toEqual(await core.sample(request));
  expect(await apart.info()).toEqual(await core.info());
  await apart.close();
  await core.close();
});

test('events come out of the process before the result', async () => {
  const engine = await openLocalEngine({ model: llama, threads: 1 });
  const ended: number[] = [];
  const onEvent = (event: SampleEvent) => event.type === 'rollout-end' && ended.push(event.rollout);
  const [group] = await engine.sample({ ...request, onEvent });
  expect(ended).toEqual(group?.map((_, g) => g));
  await engine.close();
});

test('errors keep their class, code and hint on the way out of the process', async () => {
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

/** Processes that this one has started and that still run. */
async function children(): Promise<number[]> {
  const tasks = await readdir('/proc/self/task');
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/self/task/${task}/children`, 'utf8')));
  return lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
}

test.runIf(process.platform === 'linux')(
  'a closed engine leaves no process, so all its memory is given back',
  async () => {
    const before = await children();
    const engine = await openLocalEngine({ model: llama, threads: 1 });
    expect(await children()).toHaveLength(before.length + 1);
    await engine.sample(request);
    expect(enginePeakBytes()).toBeGreaterThan(50e6);
    await engine.close();
    expect(await children()).toEqual(before);
  },
);

test.runIf(process.platform === 'linux')(
  'an engine that the system kills for memory is an error, not the end',
  async () => {
    const before = await children();
    const engine = await openLocalEngine({ model: llama, threads: 1 });
    const [pid = 0] = (await children()).filter((child) => !before.includes(child));
    const sampling = engine.sample({ ...request, maxTokens: 50, rolloutsPerPrompt: 5000 });
    process.kill(pid, 'SIGKILL');
    await expect(sampling).rejects.toMatchObject({
      name: 'ResourceError',
      code: 'engine-gone',
      message: "The engine's process ended: it was killed, as systems do that run out of memory.",
      hint: 'Resume from the last checkpoint.',
    });
    await expect(engine.info()).rejects.toMatchObject({ code: 'engine-gone' });
    await engine.close();
  },
);

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

test('a gradient is aborted within a second, timers tick meanwhile, and nothing of it is left', {
  tags: ['long'],
}, async () => {
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
  // Served in turn: the engine has stopped by then, and has forgotten what it had added.
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
