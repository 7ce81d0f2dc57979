import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { gradientError } from '../../../../test/engine/finite-difference.ts';
import { forwardLogits } from '../../../../test/engine/logits.ts';
import {
  randomTokens,
  tinyConfig,
  tinyFamilies,
  tinyModel,
  tinyQwen,
  tinyQwen2,
} from '../../../../test/engine/tiny-model.ts';
import { random } from '../../../random.ts';
import type { LossSpec, TrajectoryGroup } from '../../engine.ts';
import { EngineCore } from '../engine-core.ts';
import { Trainer } from '../train/trainer.ts';
import { writeAdapter, writeModel } from './checkpoint.ts';
import { exportModel } from './export-model.ts';
import { adapterLayout, initAdapter, loraConfig, loraOf, mergeAdapter } from './lora.ts';
import type { LoraConfig } from './lora-config.ts';
import type { ModelConfig } from './model-config.ts';
import { readModel } from './model-files.ts';
import { makeParameters, type Parameters, parameterLayout } from './parameters.ts';
import { safetensorsParts } from './safetensors.ts';

const directory = await mkdtemp(join(tmpdir(), 'golongrl-lora-'));
afterAll(() => rm(directory, { recursive: true }));
const base = join(directory, 'base');
await writeModel(base, { config: tinyQwen2, parameters: tinyModel(tinyQwen2), tokenizer: '{"version":"1.0"}' });

const crossEntropy: LossSpec = { type: 'cross-entropy', aggregation: 'token-mean' };
const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.01, gradientClip: 1 };

/** An adapter that has been trained: neither factor is zero. */
function trainedAdapter(config: ModelConfig): Parameters {
  const adapter = initAdapter(config, 5);
  const rng = random('adapter');
  for (let i = 0; i < adapter.flat.length; i++) (adapter.flat[i] as number) += 0.4 * (rng.next() - 0.5);
  return adapter;
}

const group = (config: ModelConfig): TrajectoryGroup => ({
  prompt: randomTokens(14, config, 'prompt'),
  rollouts: [0, 1].map((g) => ({
    tokens: randomTokens(5 + g, config, 'rollout', g),
    logprobs: new Float32Array(5 + g).fill(-3.5),
    advantages: new Float32Array(5 + g).fill(1 - 1.5 * g),
  })),
});

for (const [base, targets] of [
  [tinyConfig, undefined],
  [tinyQwen, ['q_proj', 'v_proj']],
  [tinyQwen2, ['k_proj', 'o_proj', 'down_proj']],
] as const) {
  test(`gradients of an adapter are those of finite differences: ${base.architecture}, ${targets ?? 'all'}`, async () => {
    const config = { ...base, lora: loraConfig({ rank: 3, alpha: 5, targets }) };
    const adapter = trainedAdapter(config);
    const parameters = tinyModel(config);
    const gradients = makeParameters(adapterLayout(config));
    const shared = { ...parameters, views: { ...parameters.views, ...adapter.views } };
    const limits = { tokens: 1000, scores: 1e6, wholeBytes: Number.POSITIVE_INFINITY };
    const trainer = new Trainer({ config, parameters: shared, gradients, limits, threads: 1 });
    const loss = async () => (await trainer.forwardBackward([group(config)], crossEntropy)).loss;
    await loss();
    const gradient = gradients.flat.slice();
    for (const { key, offset, size } of adapterLayout(config).slots) {
      const view = adapter.views[key] as Float32Array;
      const error = await gradientError(loss, view, gradient.subarray(offset, offset + size), { probes: 4 });
      expect(error, key).toBeLessThan(1e-2);
    }
    await trainer.release();
  });
}

test('a merged model computes what the model with its adapter computes', async () => {
  const config = { ...tinyQwen2, lora: loraConfig({ rank: 2 }) };
  const adapter = trainedAdapter(config);
  const parameters = tinyModel(config);
  const tokens = randomTokens(20, config, 'merge');
  const plain = await forwardLogits(tinyQwen2, parameters, tokens);
  const views = { ...parameters.views, ...adapter.views };
  const adapted = await forwardLogits(config, { ...parameters, views }, tokens);
  mergeAdapter(config, parameters, adapter);
  const merged = await forwardLogits(tinyQwen2, parameters, tokens);
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));
  expect(distance(plain, adapted)).toBeGreaterThan(0.1);
  expect(distance(merged, adapted)).toBeLessThan(1e-4);
});

const request = {
  prompts: [randomTokens(9, tinyQwen2, 'p')],
  rolloutsPerPrompt: 3,
  maxTokens: 12,
  temperature: 1,
  stopTokens: [],
  seeds: [4],
};

async function train(engine: EngineCore, steps: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { loss } = await engine.forwardBackward([group(tinyQwen2)], { type: 'ppo', aggregation: 'token-mean' });
    numbers.push(loss, (await engine.optimStep(adam)).gradientNorm);
  }
  return numbers;
}

test('a new adapter samples as its model does, learns, and leaves the model as it was', async () => {
  const plain = await EngineCore.open({ model: base, threads: 1 });
  const expected = await plain.sample(request);
  const engine = await EngineCore.open({ model: base, threads: 1, lora: { rank: 2, targets: ['q_proj', 'up_proj'] } });
  expect((await engine.sample(request)).flat().map(({ tokens }) => tokens)).toEqual(
    expected.flat().map(({ tokens }) => tokens),
  );
  const { parameters, trainedParameters } = await engine.info();
  expect(trainedParameters).toBeLessThan(parameters / 5);
  const losses = await train(engine, 6);
  expect(losses.at(-2)).toBeLessThan((losses[0] as number) - 0.05);
  expect(await engine.sample(request)).not.toEqual(expected);
  expect(await plain.sample(request)).toEqual(expected);
  await plain.close();
  await engine.close();
});

test('an adapter checkpoint continues bit-exactly, in its engine and opened as a model', async () => {
  const path = join(directory, 'adapter');
  const engine = await EngineCore.open({ model: base, threads: 1, lora: { rank: 2, seed: 3 } });
  await train(engine, 2);
  await engine.save(path);
  const unbroken = await train(engine, 3);
  await engine.load({ path });
  expect(await train(engine, 3)).toEqual(unbroken);
  await engine.close();
  expect((await readdir(path)).toSorted()).toEqual([
    'adapter_config.json',
    'adapter_model.safetensors',
    'manifest.json',
    'optimizer.safetensors',
    'tokenizer.json',
  ]);
  const opened = await EngineCore.open({ model: path, threads: 1 });
  await opened.load({ path });
  expect(await train(opened, 3)).toEqual(unbroken);
  await opened.close();
});

test('a checkpoint of another adapter is refused', async () => {
  const path = join(directory, 'other-rank');
  const other = await EngineCore.open({ model: base, threads: 1, lora: { rank: 3 } });
  await other.save(path);
  await other.close();
  const engine = await EngineCore.open({ model: base, threads: 1, lora: { rank: 2 } });
  await expect(engine.load({ path })).rejects.toMatchObject({ code: 'checkpoint-foreign' });
  await engine.close();
});

test.each([
  [{ rank: 0 }, 'lora.rank: got 0'],
  [{ rank: 2, alpha: -1 }, 'lora.alpha: got -1'],
  [{ rank: 2, targets: [] }, 'lora.targets: got none'],
  [{ rank: 2, targets: ['q_prj'] }, 'Did you mean "q_proj"?'],
])('an adapter that cannot be meant is refused: %j', (options, message) => {
  expect(() => loraConfig(options)).toThrow(message);
});

const lora: LoraConfig = { rank: 2, alpha: 4, targets: ['query'] };

test.each([
  [{ use_dora: true }, 'use_dora: got true'],
  [{ bias: 'all' }, 'bias: got "all"'],
  [{ modules_to_save: ['lm_head'] }, 'modules_to_save: got ["lm_head"]'],
  [{ alpha_pattern: { q_proj: 4 } }, 'alpha_pattern: got {"q_proj":4}'],
  [{ init_lora_weights: 'pissa_niter_4' }, 'init_lora_weights: got "pissa_niter_4"'],
  [{ init_lora_weights: 'olora' }, 'init_lora_weights: got "olora"'],
  [{ alora_invocation_tokens: [3] }, 'alora_invocation_tokens: got [3]'],
  [{ lora_bias: true }, 'lora_bias: got true'],
  [{ layers_to_transform: [1] }, 'layers_to_transform: got [1]'],
  [{ a_field_of_next_year: 2 }, 'a_field_of_next_year: got 2'],
  [{ peft_type: 'IA3' }, 'peft_type'],
  [{ base_model_name_or_path: '/nowhere' }, 'base_model_name_or_path: got "/nowhere"'],
  [{ r: 3 }, 'has shape [2,24], expected [3,24]'],
])('an adapter folder that cannot be used is refused with its file: %j', async (fields, message) => {
  const folder = join(directory, 'refused');
  const config = { ...tinyQwen2, lora };
  await writeAdapter(folder, { config, adapter: trainedAdapter(config), base });
  const path = join(folder, 'adapter_config.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...json, ...fields }));
  await expect(readModel(folder)).rejects.toThrow(message);
  await expect(readModel(folder)).rejects.toMatchObject({ name: 'InputError' });
});

test('fields of an adapter that are off, or say nothing about its tensors, do no harm', async () => {
  const folder = join(directory, 'off');
  const config = { ...tinyQwen2, lora };
  const adapter = trainedAdapter(config);
  await writeAdapter(folder, { config, adapter, base });
  const path = join(folder, 'adapter_config.json');
  const json = JSON.parse(await readFile(path, 'utf8'));
  const off = {
    next_year: null,
    use_next_year: false,
    next_years: [],
    peft_version: '9',
    init_lora_weights: 'gaussian',
  };
  await writeFile(path, JSON.stringify({ ...json, ...off, qalora_group_size: 16 }));
  expect((await readModel(folder)).adapter?.parameters).toEqual(adapter.flat);
});

test('an adapter on some of the layers is refused by the tensor that is missing', async () => {
  const folder = join(directory, 'some-layers');
  const config = { ...tinyQwen2, lora };
  const adapter = trainedAdapter(config);
  await writeAdapter(folder, { config, adapter, base });
  const tensors = adapterLayout(config).slots.filter(({ name }) => !name.includes('layers.1.'));
  const parts = safetensorsParts(
    tensors.map(({ name, key, shape }) => ({ name, shape, data: adapter.views[key] as Float32Array })),
  );
  await writeFile(join(folder, 'adapter_model.safetensors'), Buffer.concat(parts));
  await expect(readModel(folder)).rejects.toThrow('layers.1.self_attn.q_proj.lora_A.weight" is missing: an adapter');
});

test('an exported adapter is a model of its own, merged, with its tokenizer', async () => {
  const [folder, out] = [join(directory, 'to-export'), join(directory, 'exported')];
  const config = { ...tinyQwen2, lora };
  const adapter = trainedAdapter(config);
  await writeAdapter(folder, { config, adapter, base });
  expect(await exportModel(folder, out)).toEqual(tinyQwen2);
  const merged = tinyModel(config);
  mergeAdapter(config, merged, adapter);
  const read = await readModel(out);
  expect(read.parameters).toEqual(merged.flat);
  expect(read).not.toHaveProperty('adapter');
  expect(await readFile(join(out, 'tokenizer.json'), 'utf8')).toBe('{"version":"1.0"}');
});

test('an adapter comes back as it was, on its model', async () => {
  const folder = join(directory, 'written');
  const config = { ...tinyQwen2, lora };
  const adapter = trainedAdapter(config);
  await writeAdapter(folder, { config, adapter, base });
  const model = await readModel(folder);
  expect(model.config).toEqual(config);
  expect(model.adapter).toEqual({ parameters: adapter.flat, base });
  expect(makeParameters(parameterLayout(config), model.parameters).flat).toEqual(tinyModel(config).flat);
});

test('an adapter of a model with experts is one of its attention', () => {
  const model = tinyFamilies['experts (Qwen3-MoE)'];
  expect(loraOf(model, { rank: 2 }).targets).toEqual(['query', 'key', 'value', 'output']);
  expect(() => loraOf(model, { rank: 2, targets: ['up_proj'] })).toThrow('lora.targets: got up_proj, expected q_proj');
});
