/** @file Prompts of 4K tokens on the device: training and sampling through the layered pass. */
import { Device } from '../../../src/engine/local/device/device.ts';
import { DeviceCompute } from '../../../src/engine/local/device/device-compute.ts';
import { HostCompute } from '../../../src/engine/local/host-compute.ts';
import { randomTokens, tinyConfig } from '../tiny-model.ts';
import { tinyState } from '../tiny-state.ts';
import type { WebgpuCheck } from './main.ts';
import { compareGradients, compareTokens, randomBatch } from './numbers.ts';

const length = 4096;
const config = { ...tinyConfig, heads: 2, kvHeads: 1, headDim: 8, hiddenSize: 16, maxContext: 4200 };
const decodeText = async () => [];

export const longPrompts: WebgpuCheck = async () => {
  const state = tinyState(config);
  const host = new HostCompute(state, { threads: 1, decodeText });
  const device = new Device();
  const tried = await DeviceCompute.open(device, state, { decodeText, wholeBytes: 0 });
  const batch = randomBatch(config, { prompts: [length], rollouts: 3, tokens: 12 });
  const gradients = await compareGradients(state, { host, tried }, batch);
  const tokens = await compareTokens(host, tried, {
    prompts: [randomTokens(length, config, 'long')],
    ...{ rolloutsPerPrompt: 3, maxTokens: 8, temperature: 1, topP: 1, stopTokens: [], seeds: [1] },
  });
  await tried.release();
  await host.release();
  return `a group after ${length} tokens: ${gradients}; ${tokens} of ${tokens} tokens sampled after it`;
};
