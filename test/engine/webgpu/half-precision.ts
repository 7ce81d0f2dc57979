/**
 * @file Storage in half precision (`device: webgpu-fp16`) beside single precision: loss, gradients and what is sampled. A device that
 * has no half precision must say so; SwiftShader has none.
 */
import { readFile } from 'node:fs/promises';
import type { Engine } from '../../../src/engine/engine.ts';
import type { ComputeDevice } from '../../../src/engine/local/compute.ts';
import { Device } from '../../../src/engine/local/device/device.ts';
import { DeviceCompute } from '../../../src/engine/local/device/device-compute.ts';
import { roundStored } from '../../../src/engine/local/device/device-storage.ts';
import { deviceLine } from '../../../src/engine/local/device-line.ts';
import { HostCompute } from '../../../src/engine/local/host-compute.ts';
import { openLocalEngine } from '../../../src/engine/local/local-engine.ts';
import type { ModelConfig } from '../../../src/engine/local/weights/model-config.ts';
import { parameterLayout } from '../../../src/engine/local/weights/parameters.ts';
import { loadTokenizer } from '../../../src/engine/tokenizer.ts';
import { EngineError } from '../../../src/errors.ts';
import { expectThat } from '../faults/training.ts';
import { tinyConfig, tinyFamilies } from '../tiny-model.ts';
import { tinyState } from '../tiny-state.ts';
import type { WebgpuCheck } from './main.ts';
import { compareGradients, randomBatch } from './numbers.ts';

const lora = { rank: 3, alpha: 5, targets: ['query', 'value', 'down'] } as const;
const shapes: Readonly<Record<string, ModelConfig>> = {
  llama: { ...tinyConfig, lora },
  Gemma: { ...tinyFamilies['norms on both sides, 1 + w, GeGLU, local positions (Gemma)'], lora },
};
const decodeText = async () => [];

/** What a check says, or that the device has no half precision and refuses so. */
const orRefused = async (check: () => Promise<string>): Promise<string> => {
  try {
    return await check();
  } catch (error) {
    if (error instanceof EngineError && error.code === 'device-unsupported')
      return `refused: ${error.message.slice(0, 90)}`;
    throw error;
  }
};

/** The device beside the processor with weights that are rounded alike: the same bounds as in single precision. */
const gradients =
  (config: ModelConfig): WebgpuCheck =>
  async () => {
    const [rounded, state] = [tinyState(config), tinyState(config)];
    roundStored(rounded.parameters, parameterLayout(config).slots);
    const host = new HostCompute(rounded, { threads: 1, decodeText });
    const device = new Device({ profile: true, storage: 'fp16' });
    const said = await orRefused(async () => {
      const lines: string[] = [];
      for (const [name, wholeBytes] of [
        ['one graph', 1e9],
        ['layer by layer', 0],
      ] as const) {
        const tried = await DeviceCompute.open(device, state, { decodeText, wholeBytes });
        const batch = randomBatch(config, { prompts: [14, 9], rollouts: 2, tokens: 9 });
        lines.push(`${name} ${await compareGradients(rounded, { host, tried }, batch)}`);
        await host.fromHost();
        tried.freeModel();
      }
      return [...lines, `on the processor: ${device.fallbacks().length} operators`].join('; ');
    });
    await Promise.all([device.release(), host.release()]);
    return said;
  };

/** Log-probabilities that an engine draws, and those that it gives the same tokens afterwards. */
async function drawn(device: ComputeDevice, prompts: readonly Int32Array[]) {
  const engine: Engine = await openLocalEngine({
    model: 'models/micro',
    threads: 1,
    device,
    lora: { rank: 4, alpha: 8 },
  });
  try {
    const request = { prompts, rolloutsPerPrompt: 4, maxTokens: 24, temperature: 1, topP: 1, stopTokens: [] };
    const completions = await engine.sample({ ...request, seeds: prompts.map((_, i) => i) });
    const groups = completions.map((rollouts, p) => ({
      prompt: prompts[p] as Int32Array,
      rollouts: rollouts.map(({ tokens }) => ({ tokens })),
    }));
    const scored = (await engine.logprobs?.(groups)) ?? [];
    return { info: await engine.info(), completions: completions.flat(), scored: scored.flat() };
  } finally {
    await engine.close();
  }
}

const far = (a: Float32Array, b: Float32Array): number[] => [...a].map((x, i) => Math.abs(x - (b[i] as number)));
const figures = (values: readonly number[]): string =>
  `${(values.reduce((a, b) => a + b, 0) / values.length).toExponential(1)} in the mean, ${Math.max(...values).toExponential(1)} at most`;

/** A trained model: what is drawn in half precision beside single, and how far the sampler is from the trainer. */
const trained: WebgpuCheck = async () => {
  const tokenizer = await loadTokenizer('models/micro');
  const text = await readFile('docs/questions.md', 'utf8');
  const prompts = await Promise.all([text.slice(0, 900), text.slice(3000, 3700)].map((part) => tokenizer.encode(part)));
  return orRefused(async () => {
    const half = await drawn('webgpu-fp16', prompts);
    const single = await drawn('webgpu', prompts);
    const equal = half.completions.map(({ tokens }, i) => String(tokens) === String(single.completions[i]?.tokens));
    const same = half.completions.flatMap(({ logprobs }, i) =>
      equal[i] ? far(logprobs, single.completions[i]?.logprobs as Float32Array) : [],
    );
    const own = half.completions.flatMap(({ logprobs }, i) => far(logprobs, half.scored[i] as Float32Array));
    expectThat(equal.filter(Boolean).length * 2 >= equal.length, `${equal.filter(Boolean).length} rollouts are equal.`);
    expectThat(Math.max(...same, ...own) < 0.05, `Log-probabilities differ by ${Math.max(...same, ...own)}.`);
    return [
      half.info.device ? deviceLine(half.info.device) : '',
      `${equal.filter(Boolean).length} of ${equal.length} rollouts are those of single precision`,
      `their log-probabilities differ by ${figures(same)}`,
      `drawn and scored by ${figures(own)}`,
    ].join('; ');
  });
};

export const halfPrecision: Readonly<Record<string, WebgpuCheck>> = {
  ...Object.fromEntries(Object.entries(shapes).map(([name, config]) => [`half precision: ${name}`, gradients(config)])),
  'half precision: a trained model': trained,
};
