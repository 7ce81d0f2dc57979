/** @file Loss, gradients, AdamW and tokens of small random models on the device, beside the processor's. */
import type { SampleRequest, TrajectoryGroup } from '../../../src/engine/engine.ts';
import type { ModelState } from '../../../src/engine/local/compute.ts';
import { Device } from '../../../src/engine/local/device/device.ts';
import { DeviceCompute } from '../../../src/engine/local/device/device-compute.ts';
import { HostCompute } from '../../../src/engine/local/host-compute.ts';
import type { ModelConfig } from '../../../src/engine/local/weights/model-config.ts';
import { random } from '../../../src/random.ts';
import { expectThat } from '../faults/training.ts';
import { randomTokens, tinyBiased, tinyConfig, tinyFamilies, tinyQwen } from '../tiny-model.ts';
import { tinyState } from '../tiny-state.ts';
import type { WebgpuCheck } from './main.ts';

const gradientBound = 1e-4;
const lossBound = 1e-5;
/** Losses of tiny batches cancel: the bound is relative to no less than this. */
const leastLoss = 0.01;
const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, gradientClip: 1 };
const loss = { type: 'ppo', aggregation: 'token-mean', clipLow: 0.2, clipHigh: 0.28, dualClip: 3 } as const;
const decodeText = async () => [];

/** Groups of rollouts after random prompts. */
export function randomBatch(
  config: ModelConfig,
  { prompts, rollouts, tokens }: { prompts: readonly number[]; rollouts: number; tokens: number },
): TrajectoryGroup[] {
  const rng = random('webgpu batch');
  return prompts.map((length, p) => ({
    prompt: randomTokens(length, config, 'prompt', p),
    rollouts: Array.from({ length: rollouts }, (_, r) => {
      const count = Math.max(1, tokens - 2 * r);
      return {
        tokens: randomTokens(count, config, 'rollout', p, r),
        logprobs: Float32Array.from({ length: count }, () => -3 - rng.next()),
        advantages: Float32Array.from({ length: count }, () => rng.next() - 0.4),
      };
    }),
  }));
}

function relative(expected: Float32Array, got: Float32Array): number {
  let [difference, norm] = [0, 0];
  for (const [i, value] of expected.entries()) {
    difference += (value - (got[i] as number)) ** 2;
    norm += value ** 2;
  }
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

/** Compares a batch's loss and every gradient; adds to both. @throws when one differs by more than its bound */
export async function compareGradients(
  state: ModelState,
  { host, tried }: { host: HostCompute; tried: DeviceCompute },
  batch: readonly TrajectoryGroup[],
): Promise<string> {
  const [expected, got] = [await host.forwardBackward(batch, loss), await tried.forwardBackward(batch, loss)];
  const lossDifference = Math.abs(got.loss - expected.loss) / Math.max(leastLoss, Math.abs(expected.loss));
  expectThat(lossDifference <= lossBound, `The loss is ${got.loss}, expected ${expected.loss}.`);
  let [worst, at] = [0, ''];
  for (const { key, size } of state.layout.slots) {
    const error = relative(host.gradients.views[key] as Float32Array, await tried.state.gradient(key, size));
    expectThat(error <= gradientBound, `The gradient of ${key} differs by ${error.toExponential(1)}.`);
    if (error >= worst) [worst, at] = [error, key];
  }
  return `loss ${lossDifference.toExponential(0)}, worst gradient ${worst.toExponential(1)} (${at})`;
}

/** Compares sampled tokens and their log-probabilities. @throws when a token differs */
export async function compareTokens(host: HostCompute, tried: DeviceCompute, request: SampleRequest): Promise<number> {
  const [right, drawn] = [(await host.sample(request)).flat(), (await tried.sample(request)).flat()];
  const label = JSON.stringify({ ...request, prompts: request.prompts.length });
  for (const [i, { tokens, logprobs }] of right.entries()) {
    const other = drawn[i];
    expectThat(
      String(other?.tokens) === String(tokens),
      `${label}: rollout ${i} is ${other?.tokens}, expected ${tokens}.`,
    );
    const far = logprobs.findIndex((value, j) => Math.abs(value - (other?.logprobs[j] ?? Number.NaN)) > 1e-4);
    expectThat(
      far < 0,
      `${label}: rollout ${i}: a log-probability is ${other?.logprobs[far]}, expected ${logprobs[far]}.`,
    );
  }
  return right.reduce((sum, { tokens }) => sum + tokens.length, 0);
}

/** After as many steps the weights are those of the processor but for rounding. */
async function compareSteps(
  host: HostCompute,
  tried: DeviceCompute,
  states: readonly [ModelState, ModelState],
): Promise<number> {
  const [expected, got] = [await host.optimStep(adam), await tried.optimStep(adam)];
  const norms = Math.abs(expected.gradientNorm - got.gradientNorm) / expected.gradientNorm;
  expectThat(norms < 1e-4, `The gradient norm is ${got.gradientNorm}, expected ${expected.gradientNorm}.`);
  await tried.toHost();
  const [a, b] = states;
  return Math.max(...a.trained.flat.map((value, i) => Math.abs(value - (b.trained.flat[i] as number))));
}

const families: Readonly<Record<string, ModelConfig>> = {
  'llama, an adapter': { ...tinyConfig, lora: { rank: 3, alpha: 5, targets: ['query', 'value', 'down'] } },
  llama: tinyConfig,
  qwen3: tinyQwen,
  biases: tinyBiased,
  ...tinyFamilies,
};

function family(config: ModelConfig): WebgpuCheck {
  return async () => {
    const states = [tinyState(config), tinyState(config)] as const;
    const host = new HostCompute(states[0], { threads: 1, decodeText });
    const device = new Device({ profile: true });
    const tried = await DeviceCompute.open(device, states[1], { decodeText });
    const said = [
      await compareGradients(
        states[0],
        { host, tried },
        randomBatch(config, { prompts: [14, 9, 1], rollouts: 3, tokens: 9 }),
      ),
    ];
    const step = await compareSteps(host, tried, states);
    expectThat(step < 1e-4, `After a step a weight differs by ${step}.`);
    said.push(`a step of AdamW ${step.toExponential(0)}`);
    const layered = await DeviceCompute.open(device, tinyState(config), { decodeText, wholeBytes: 0 });
    const fresh = new HostCompute(tinyState(config), { threads: 1, decodeText });
    said.push(
      `layer by layer ${await compareGradients(states[0], { host: fresh, tried: layered }, randomBatch(config, { prompts: [14, 9], rollouts: 2, tokens: 9 }))}`,
    );
    const request = {
      prompts: [14, 9, 1].map((length, p) => randomTokens(length, config, 'prompt', p)),
      ...{ rolloutsPerPrompt: 3, maxTokens: 8, stopTokens: [3], seeds: [1, 2, 3] },
    };
    const modes = [
      { temperature: 1 },
      { temperature: 0 },
      { temperature: 0.7, topP: 0.8 },
      { temperature: 1.3, topK: 5, minP: 0.1 },
    ];
    let equal = 0;
    for (const mode of modes) equal += await compareTokens(fresh, layered, { topP: 1, ...mode, ...request });
    said.push(`${equal} of ${equal} tokens`);
    const nodes = device.fallbacks().map(({ operator, nodes: count }) => `${operator} (${count})`);
    said.push(`on the processor: ${nodes.join(', ') || 'nothing'}`);
    tried.freeModel();
    layered.freeModel();
    const left = device.live.size;
    await Promise.all([device.release(), host.release(), fresh.release()]);
    expectThat(left === 0, `${left} tensors are left on the device.`);
    return said.join('; ');
  };
}

export const numbers: Readonly<Record<string, WebgpuCheck>> = Object.fromEntries(
  Object.entries(families).map(([name, config]) => [`numbers: ${name}`, family(config)]),
);
