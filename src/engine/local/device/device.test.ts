/** @file The device's programs, run by the processor in its place: what a real device does is `npm run check:webgpu`. */
import { expect, test } from 'vitest';
import { randomTokens, tinyConfig, tinyFamilies } from '../../../../test/engine/tiny-model.ts';
import { tinyState } from '../../../../test/engine/tiny-state.ts';
import { random } from '../../../random.ts';
import type { TrajectoryGroup } from '../../engine.ts';
import type { ModelState } from '../compute.ts';
import { HostCompute } from '../host-compute.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { parameterLayout } from '../weights/parameters.ts';
import { Device } from './device.ts';
import { DeviceCompute } from './device-compute.ts';
import { deviceError } from './device-errors.ts';
import { roundStored } from './device-storage.ts';
import { refuseDifferent } from './self-test.ts';
import { zerosOf } from './tensor-programs.ts';

const decodeText = async () => [];
const loss = { type: 'ppo', aggregation: 'token-mean', clipLow: 0.2, clipHigh: 0.28, dualClip: 3 } as const;
const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, gradientClip: 1 };
const adapted: ModelConfig = { ...tinyConfig, lora: { rank: 3, alpha: 5, targets: ['query', 'value', 'down'] } };
/** One of each thing that graphs differ in; all families are in `check:webgpu`. */
const families: Readonly<Record<string, ModelConfig>> = {
  adapted,
  'windows, norms of heads': tinyFamilies['windows, as Qwen has them'],
  Gemma: tinyFamilies['norms on both sides, 1 + w, GeGLU, local positions (Gemma)'],
  experts: tinyFamilies['experts (Qwen3-MoE)'],
};

function batchOf(config: ModelConfig, lengths: readonly number[]): TrajectoryGroup[] {
  const rng = random('device batch');
  return lengths.map((length, p) => ({
    prompt: randomTokens(length, config, 'prompt', p),
    rollouts: [5, 3, 8].map((count, r) => ({
      tokens: randomTokens(count, config, 'rollout', p, r),
      logprobs: Float32Array.from({ length: count }, () => -3 - rng.next()),
      advantages: Float32Array.from({ length: count }, () => rng.next() - 0.4),
    })),
  }));
}

/** Both ways to compute, with numbers of their own; the device must be left empty. */
async function withBoth(
  config: ModelConfig,
  options: Partial<Parameters<typeof DeviceCompute.open>[2]>,
  work: (host: HostCompute, tried: DeviceCompute, states: { own: ModelState; other: ModelState }) => Promise<void>,
): Promise<void> {
  const states = { own: tinyState(config), other: tinyState(config) };
  const device = new Device({ provider: 'cpu' });
  const host = new HostCompute(states.own, { threads: 1, decodeText });
  const tried = await DeviceCompute.open(device, states.other, { decodeText, ...options });
  await work(host, tried, states);
  tried.freeModel();
  expect(device.live.size).toBe(0);
  await device.release();
  await host.release();
}

async function expectGradients(host: HostCompute, tried: DeviceCompute, state: ModelState): Promise<void> {
  for (const { key, size } of state.layout.slots) {
    const expected = host.gradients.views[key] as Float32Array;
    const got = await tried.state.gradient(key, size);
    const norm = Math.hypot(...expected);
    expect(Math.hypot(...expected.map((value, i) => value - (got[i] as number))), key).toBeLessThanOrEqual(
      1e-5 * norm + 1e-9,
    );
  }
}

const small = { queries: 5, keys: 8, rows: 7 };

for (const [name, config] of Object.entries(families)) {
  test(`the device's graphs give the processor's loss, gradients and step: ${name}`, async () => {
    await withBoth(config, {}, async (host, tried, { own, other }) => {
      const batch = batchOf(config, [14, 1]);
      const [expected, got] = [await host.forwardBackward(batch, loss), await tried.forwardBackward(batch, loss)];
      expect(got.loss).toBeCloseTo(expected.loss, 6);
      expect(got.entropy).toBeCloseTo(expected.entropy, 5);
      expect(got.expertImbalance).toEqual(expected.expertImbalance);
      await expectGradients(host, tried, own);
      await host.optimStep(adam);
      await tried.optimStep(adam);
      await tried.toHost();
      const far = own.trained.flat.findIndex((value, i) => Math.abs(value - (other.trained.flat[i] as number)) > 1e-5);
      expect(far).toBe(-1);
    });
  });

  test(`layer by layer, in small blocks, too: ${name}`, async () => {
    await withBoth(config, { wholeBytes: 0, blocks: small }, async (host, tried, { own }) => {
      const batch = batchOf(config, [23]);
      const [expected, got] = [await host.forwardBackward(batch, loss), await tried.forwardBackward(batch, loss)];
      expect(got.loss).toBeCloseTo(expected.loss, 6);
      await expectGradients(host, tried, own);
      const [scored, other] = [await host.logprobs(batch, {}), await tried.logprobs(batch, {})];
      for (const [r, values] of (scored[0] ?? []).entries())
        for (const [i, value] of values.entries()) expect(other[0]?.[r]?.[i]).toBeCloseTo(value, 4);
    });
  });

  test(`the device draws the processor's tokens, however they are chosen: ${name}`, async () => {
    await withBoth(config, {}, async (host, tried) => {
      const prompts = [14, 9, 1].map((length, p) => randomTokens(length, config, 'prompt', p));
      const shared = { prompts, rolloutsPerPrompt: 2, maxTokens: 9, stopTokens: [3], seeds: [1, 2, 3] };
      for (const mode of [
        { temperature: 1 },
        { temperature: 0 },
        { temperature: 0.7, topP: 0.8 },
        { temperature: 1.3, topK: 5 },
      ]) {
        const request = { topP: 1, ...mode, ...shared };
        const [expected, got] = [(await host.sample(request)).flat(), (await tried.sample(request)).flat()];
        expect(got.map(({ tokens }) => [...tokens])).toEqual(expected.map(({ tokens }) => [...tokens]));
        for (const [i, { logprobs }] of expected.entries())
          for (const [j, value] of logprobs.entries()) expect(got[i]?.logprobs[j]).toBeCloseTo(value, 4);
      }
    });
  });
}

test('in half precision the device gives what weights rounded to it give, and draws the same tokens after such keys', async () => {
  const [rounded, state] = [tinyState(adapted), tinyState(adapted)];
  roundStored(rounded.parameters, parameterLayout(adapted).slots);
  const host = new HostCompute(rounded, { threads: 1, decodeText });
  const device = new Device({ provider: 'cpu', storage: 'fp16' });
  const tried = await DeviceCompute.open(device, state, { decodeText });
  expect([...device.live].filter(({ halved }) => halved)).toHaveLength(1 + 7 * adapted.layers);
  const batch = batchOf(adapted, [14, 1]);
  const [expected, got] = [await host.forwardBackward(batch, loss), await tried.forwardBackward(batch, loss)];
  expect(got.loss).toBeCloseTo(expected.loss, 6);
  await expectGradients(host, tried, rounded);
  const prompts = [14, 9].map((length, p) => randomTokens(length, adapted, 'prompt', p));
  const shared = { rolloutsPerPrompt: 2, maxTokens: 9, temperature: 1, topP: 1, stopTokens: [], seeds: [1, 2] };
  const [right, drawn] = [
    (await host.sample({ prompts, ...shared })).flat(),
    (await tried.sample({ prompts, ...shared })).flat(),
  ];
  expect(drawn.map(({ tokens }) => [...tokens])).toEqual(right.map(({ tokens }) => [...tokens]));
  const logprobs = drawn.flatMap((completion) => [...completion.logprobs]);
  const far = right
    .flatMap((completion) => [...completion.logprobs])
    .map((x, i) => Math.abs(x - (logprobs[i] as number)));
  expect(Math.max(...far)).toBeLessThan(5e-3);
  expect(Math.max(...far)).toBeGreaterThan(1e-6);
  await Promise.all([tried.release(), host.release()]);
  expect(device.live.size).toBe(0);
});

test('a weight beyond half precision is refused by its name and value', async () => {
  const state = tinyState(adapted);
  (state.parameters.views['layer1.up'] as Float32Array)[3] = -7e4;
  const opened = DeviceCompute.open(new Device({ provider: 'cpu', storage: 'fp16' }), state, { decodeText });
  await expect(opened).rejects.toMatchObject({
    code: 'device-range',
    message: expect.stringMatching(/layer1\.up .*-70000/),
  });
});

test('a batch that is stopped leaves gradients as they were and nothing on the device', async () => {
  const device = new Device({ provider: 'cpu' });
  const tried = await DeviceCompute.open(device, tinyState(tinyConfig), { decodeText, wholeBytes: 0, blocks: small });
  await tried.forwardBackward(batchOf(tinyConfig, [23]), loss);
  const before = await tried.state.gradient('embedding', 37 * 24);
  const live = device.live.size;
  const stop = new AbortController();
  stop.abort();
  const stopped = tried.forwardBackward(batchOf(tinyConfig, [23]), loss, stop.signal);
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  expect(device.live.size).toBe(live);
  expect(await tried.state.gradient('embedding', 37 * 24)).toEqual(before);
  await tried.release();
});

test('weights that are not finite end a batch by the name of what broke, and a sample', async () => {
  const state = tinyState(tinyConfig);
  (state.parameters.views['layer1.up'] as Float32Array)[0] = Number.NaN;
  const tried = await DeviceCompute.open(new Device({ provider: 'cpu' }), state, { decodeText });
  const batch = tried.forwardBackward(batchOf(tinyConfig, [9]), loss);
  await expect(batch).rejects.toMatchObject({ code: 'not-finite', message: expect.stringContaining('group 0') });
  const shared = { prompts: [Int32Array.of(1, 2)], rolloutsPerPrompt: 1, maxTokens: 3, stopTokens: [], seeds: [1] };
  for (const mode of [{ topP: 1 }, { topP: 0.9 }])
    await expect(tried.sample({ temperature: 1, ...mode, ...shared })).rejects.toMatchObject({ code: 'not-finite' });
  await tried.release();
});

test('a step of a tensor without a gradient is one of zeros', async () => {
  const device = new Device({ provider: 'cpu' });
  const state = tinyState(tinyConfig);
  const tried = await DeviceCompute.open(device, state, { decodeText });
  const before = state.trained.flat.slice();
  await tried.optimStep({ ...adam, weightDecay: 0 });
  await tried.toHost();
  expect(state.trained.flat).toEqual(before);
  await tried.release();
  expect(device.live.size).toBe(0);
});

/** A device that is lost at the fourth tensor of a step. */
class LostDevice extends Device {
  private steps = 0;

  override async run(...args: Parameters<Device['run']>): ReturnType<Device['run']> {
    if (args[0].key === 'adam' && ++this.steps === 4)
      throw deviceError('Running adam', new Error('WebGPU device lost (1)'));
    return super.run(...args);
  }
}

test('weights of a step that the device did not end are never read, until others are loaded', async () => {
  const state = tinyState(tinyConfig);
  const start = state.trained.flat.slice();
  const device = new LostDevice({ provider: 'cpu' });
  const tried = await DeviceCompute.open(device, state, { decodeText });
  await tried.forwardBackward(batchOf(tinyConfig, [9]), loss);
  const lost = { code: 'device-lost' };
  await expect(tried.optimStep(adam)).rejects.toMatchObject(lost);
  await expect(tried.toHost()).rejects.toMatchObject(lost);
  await expect(tried.forwardBackward(batchOf(tinyConfig, [9]), loss)).rejects.toMatchObject(lost);
  expect(state.trained.flat).toEqual(start);
  state.optimizer.step = 0;
  await tried.fromHost();
  await tried.toHost();
  expect(state.trained.flat).toEqual(start);
  await tried.release();
  expect(device.live.size).toBe(0);
});

test.each([
  ['Failed to get a WebGPU adapter: No supported adapters', 'device-missing'],
  ['Buffer size (3221225472) exceeds the max buffer size limit (1073741824).', 'device-memory'],
  ['[Invalid Buffer (unlabeled)] is invalid due to a previous error.', 'device-memory'],
  ['vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY', 'device-memory'],
  ['Status Message: Program Cast requires f16 but the device does not support it.', 'device-unsupported'],
  ['WebGPU device lost (1): A valid external Instance reference no longer exists.', 'device-lost'],
  ['vkQueueSubmit failed with VK_ERROR_DEVICE_LOST', 'device-lost'],
  ['Non-zero status code returned while running Conv node.', 'device-failed'],
])('what a driver says gets a code: %s', (said, code) => {
  expect(deviceError('Running x', new Error(said))).toMatchObject({
    code,
    message: expect.stringContaining(said.slice(0, 40)),
  });
});

test('a device that differs is refused with its figures', () => {
  const info = {
    name: 'webgpu',
    fallbacks: [],
    lossDifference: 1e-7,
    gradientDifference: 1e-6,
    equalTokens: 72,
    tokens: 72,
  } as const;
  refuseDifferent(info);
  for (const [fault, figure] of [
    [{ lossDifference: 0.1 }, '1.0e-1'],
    [{ gradientDifference: 0.98 }, '9.8e-1'],
    [{ gradientDifference: Number.NaN }, 'NaN'],
    [{ equalTokens: 40 }, '40 of 72'],
  ] as const)
    expect(() => refuseDifferent({ ...info, ...fault })).toThrow(figure);
});

test('a tensor is freed once, and programs are compiled once', async () => {
  const device = new Device({ provider: 'cpu' });
  const tensor = await zerosOf(device, [2, 3]);
  expect(await device.download(tensor)).toEqual(new Float32Array(6));
  tensor.dispose();
  tensor.dispose();
  expect(device.live.size).toBe(0);
  await device.release();
});
