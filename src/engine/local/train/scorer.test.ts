import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forwardLogits } from '../../../../test/engine/logits.ts';
import { randomTokens, tinyConfig, tinyModel, tinyQwen } from '../../../../test/engine/tiny-model.ts';
import type { Engine, LossSpec, ScoredGroup } from '../../engine.ts';
import { EngineCore } from '../engine-core.ts';
import { openLocalEngine } from '../local-engine.ts';
import { writeModel } from '../weights/checkpoint.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-scorer-'));
afterAll(() => rm(directory, { recursive: true }));
const llama = join(directory, 'llama');
const qwen = join(directory, 'qwen');
await writeModel(llama, { config: tinyConfig, parameters: tinyModel(tinyConfig) });
await writeModel(qwen, { config: tinyQwen, parameters: tinyModel(tinyQwen) });

const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };
const sampleRequest = {
  prompts: [5, 1, 17, 40].map((length, p) => randomTokens(length, tinyConfig, 'prompt', p)),
  rolloutsPerPrompt: 3,
  maxTokens: 12,
  temperature: 1,
  stopTokens: [3, 4],
  seeds: [1, 2, 3, 4],
};

async function sampled(engine: Engine) {
  const completions = await engine.sample(sampleRequest);
  return sampleRequest.prompts.map((prompt, p) => ({ prompt, rollouts: completions[p] ?? [] }));
}

const trainSomewhat = async (engine: Engine) => {
  const batch = (await sampled(engine)).map(({ prompt, rollouts }) => ({
    prompt,
    rollouts: rollouts.map((rollout, g) => ({
      ...rollout,
      advantages: new Float32Array(rollout.tokens.length).fill(g - 1),
    })),
  }));
  const spec: LossSpec = { type: 'importance-sampling', aggregation: 'token-mean' };
  for (let step = 0; step < 3; step++) {
    await engine.forwardBackward(batch, spec);
    await engine.optimStep(adam);
  }
};

const distance = (a: readonly Float32Array[][], b: readonly Float32Array[][]): number =>
  Math.max(...a.flat().flatMap((row, i) => Array.from(row, (x, t) => Math.abs(x - (b.flat()[i]?.[t] ?? 1e9)))));

for (const model of [llama, qwen]) {
  test(`log-probabilities are those of the sampler: ${basename(model)}`, async () => {
    const engine = await EngineCore.open({ model, threads: 1 });
    const batch = await sampled(engine);
    const expected = batch.map(({ rollouts }) => rollouts.map(({ logprobs }) => logprobs));
    expect(distance(await engine.logprobs(batch), expected)).toBeLessThan(1e-4);
    await engine.close();
  });
}

test('a sequence without a prompt has the log-probabilities of a plain softmax, its first token 0', async () => {
  const engine = await EngineCore.open({ model: llama, threads: 1 });
  const tokens = randomTokens(9, tinyConfig, 'sequence');
  const batch: ScoredGroup[] = [{ prompt: new Int32Array(0), rollouts: [{ tokens }] }];
  const [[logprobs]] = (await engine.logprobs(batch)) as [[Float32Array]];
  const logits = await forwardLogits(tinyConfig, tinyModel(tinyConfig), tokens);
  expect(logprobs[0]).toBe(0);
  for (let t = 1; t < tokens.length; t++) {
    const row = logits.subarray((t - 1) * tinyConfig.vocabSize, t * tinyConfig.vocabSize);
    const total = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
    expect(logprobs[t]).toBeCloseTo((row[tokens[t] as number] as number) - total, 4);
  }
  await engine.close();
});

for (const [name, lora] of [
  ['all parameters', undefined],
  ['an adapter', { rank: 2 }],
] as const) {
  test(`the reference stays the policy of the start, also after a resume: training of ${name}`, async () => {
    const engine = await openLocalEngine({ model: llama, threads: 1, ...(lora ? { lora } : {}) });
    const logprobs = (options?: { reference: boolean }) => engine.logprobs?.(batch, options) ?? Promise.resolve([]);
    const batch = await sampled(engine);
    const start = await logprobs();
    await trainSomewhat(engine);
    const trained = await logprobs();
    expect(distance(trained, start)).toBeGreaterThan(1e-2);
    expect(distance(await logprobs({ reference: true }), start)).toBeLessThan(1e-6);
    const checkpoint = join(directory, `checkpoint of ${name}`);
    await engine.save(checkpoint);
    await engine.close();

    const resumed = await EngineCore.open({ model: llama, threads: 1, ...(lora ? { lora } : {}) });
    await resumed.load({ path: checkpoint });
    expect(distance(await resumed.logprobs(batch), trained)).toBe(0);
    expect(distance(await resumed.logprobs(batch, { reference: true }), start)).toBeLessThan(1e-6);
    await resumed.close();
  });
}

test('an adapter that is trained on has itself as reference, not its bare model', async () => {
  const first = await EngineCore.open({ model: llama, threads: 1, lora: { rank: 2 } });
  await trainSomewhat(first);
  const adapter = join(directory, 'adapter');
  await first.save(adapter);
  const engine = await EngineCore.open({ model: adapter, threads: 1 });
  const batch = await sampled(engine);
  const start = await engine.logprobs(batch);
  expect(distance(start, await first.logprobs(batch))).toBe(0);
  expect(distance(start, await first.logprobs(batch, { reference: true }))).toBeGreaterThan(1e-2);
  await trainSomewhat(engine);
  expect(distance(await engine.logprobs(batch, { reference: true }), start)).toBeLessThan(1e-6);
  await first.close();
  await engine.close();
});

test('tokens outside the vocabulary are refused', async () => {
  const engine = await EngineCore.open({ model: llama, threads: 1 });
  const batch = [{ prompt: Int32Array.of(1), rollouts: [{ tokens: Int32Array.of(99) }] }];
  await expect(engine.logprobs(batch)).rejects.toMatchObject({ code: 'batch-invalid' });
  await engine.close();
});
