import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyModel } from '../../../../test/engine/tiny-model.ts';
import { EngineCore } from '../engine-core.ts';
import { writeModel } from '../weights/checkpoint.ts';
import { initAdapter, loraOf } from '../weights/lora.ts';
import type { Parameters } from '../weights/parameters.ts';
import { Decoder } from './decoder.ts';
import { fixedBounds, fixedInputs, inputBytes, keepsWeights } from './fixed-weights.ts';

/** Few rows and many steps: the decoder keeps a copy of the weights. */
const request = {
  prompts: [randomTokens(3, tinyConfig, 'prompt')],
  rolloutsPerPrompt: 1,
  maxTokens: fixedBounds.steps,
  temperature: 1,
  stopTokens: [],
  seeds: [1],
};

const config = { ...tinyConfig, maxContext: 512 };
const decoderOf = (parameters: Parameters, of = config) => new Decoder({ config: of, parameters, threads: 1 });

async function sampledBy(parameters: Parameters, of = config) {
  const decoder = decoderOf(parameters, of);
  const completions = await decoder.sample(request);
  await decoder.release();
  return completions;
}

test('a copy is kept for few rows and many steps of a model that is small beside the memory', () => {
  const extent = { rows: 8, steps: 512 };
  expect(keepsWeights(1e9, extent, 16e9)).toBe(true);
  expect(keepsWeights(3e9, extent, 16e9)).toBe(false);
  expect(keepsWeights(1e9, { ...extent, rows: 32 }, 16e9)).toBe(false);
  expect(keepsWeights(1e9, { ...extent, steps: 255 }, 16e9)).toBe(false);
});

test('weights that training has changed count after `forget`', async () => {
  const parameters = tinyModel(config);
  const decoder = decoderOf(parameters);
  const before = await decoder.sample(request);
  parameters.flat.set(tinyModel(config, 2).flat);
  await decoder.forget();
  const after = await decoder.sample(request);
  await decoder.release();
  expect(after).toEqual(await sampledBy(tinyModel(config, 2)));
  expect(after).not.toEqual(before);
});

test("an adapter's numbers are read at every step, its model's from the copy", async () => {
  const adapted = { ...config, lora: loraOf(config, { rank: 2 }) };
  const model = tinyModel(config);
  const adapter = initAdapter(adapted, 1);
  const parameters = { flat: model.flat, views: { ...model.views, ...adapter.views } };
  const copied = fixedInputs(adapted, parameters.views);
  expect(inputBytes(copied)).toBe(4 * model.flat.length);
  const decoder = decoderOf(parameters, adapted);
  const untrained = await decoder.sample(request);
  adapter.flat.fill(0.1);
  await decoder.forget();
  const trained = await decoder.sample(request);
  await decoder.release();
  expect(untrained).not.toEqual(trained);
  expect(trained).toEqual(await sampledBy(parameters, adapted));
});

test('a policy that is loaded samples byte for byte as where it was trained', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'golongrl-fixed-'));
  const model = join(directory, 'model');
  await writeModel(model, { config, parameters: tinyModel(config) });
  const adam = { learningRate: 1e-2, beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0, gradientClip: 1 };
  const trained = await EngineCore.open({ model, threads: 1 });
  const [[first] = []] = await trained.sample(request);
  const { tokens = Int32Array.of(), logprobs = Float32Array.of() } = first ?? {};
  const rollout = { tokens, logprobs, advantages: new Float32Array(tokens.length).fill(1) };
  const group = { prompt: request.prompts[0] ?? tokens, rollouts: [rollout] };
  await trained.forwardBackward([group], { type: 'ppo', aggregation: 'token-mean' });
  await trained.optimStep(adam);
  const checkpoint = await trained.save(join(directory, 'checkpoint'));
  const expected = await trained.sample(request);
  await trained.close();
  const resumed = await EngineCore.open({ model, threads: 1 });
  expect(await resumed.sample(request)).toEqual([[first]]);
  await resumed.load(checkpoint);
  expect(await resumed.sample(request)).toEqual(expected);
  expect(expected).not.toEqual([[first]]);
  await resumed.close();
  await rm(directory, { recursive: true });
});
