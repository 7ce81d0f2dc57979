/** @file Keys and values of prompts, computed and left on the device: packed, or alone through the layered pass. */
import { cutPrompts, promptSequence } from '../../decode/prompt-parts.ts';
import type { PrefillProgress } from '../../decode/stepper.ts';
import { buildPrefill } from '../../graph/model-graph.ts';
import { plainRows } from '../../train/token-rows.ts';
import type { DeviceModel } from '../device-model.ts';
import type { ProgramSpec } from '../device-program.ts';
import type { DeviceState } from '../device-state.ts';
import { type DeviceTensor, disposeAll } from '../device-tensor.ts';
import { DeviceLayered } from '../layered/device-layered.ts';
import type { DeviceCaches } from './device-cache.ts';

/** Where a prompt's keys and values go. */
interface Filled {
  readonly slot: number;
  readonly tokens: Int32Array;
}

/** Prompts of at most `most` tokens (padded) go together. */
export async function devicePrefill(
  model: DeviceModel,
  state: DeviceState,
  caches: DeviceCaches,
  prompts: readonly Filled[],
  { most, onPart, signal }: PrefillProgress & { most: number },
): Promise<void> {
  const { parts, long } = cutPrompts(prompts, most);
  for (const part of parts) {
    await prefillPart(model, state, caches, part);
    onPart(part.reduce((sum, { tokens }) => sum + tokens.length, 0));
  }
  for (const prompt of long) {
    await prefillLong(model, state, caches, { ...prompt, signal });
    onPart(prompt.tokens.length);
  }
}

async function prefillPart(
  model: DeviceModel,
  state: DeviceState,
  caches: DeviceCaches,
  part: readonly Filled[],
): Promise<void> {
  const { config, device } = model;
  const members = part.map(({ tokens }) => tokens);
  const { chunks, query, sizes, feeds } = plainRows(members, config);
  const program: ProgramSpec = { key: `prefill ${chunks}`, build: () => buildPrefill(config, chunks, 'webgpu') };
  const { kept } = await device.run(program, sizes, { ...state.feeds, ...model.tables, ...feeds });
  const fresh = new Map<number, DeviceTensor>();
  for (let layer = 0; layer < config.layers; layer++) {
    fresh.set(2 * layer, kept[`keys${layer}`] as DeviceTensor);
    fresh.set(2 * layer + 1, kept[`values${layer}`] as DeviceTensor);
  }
  const slots = part.map(({ slot }) => slot);
  const starts = part.map((_, i) => i * chunks * query);
  await caches.write(slots, starts, fresh);
  disposeAll(fresh.values());
}

async function prefillLong(
  model: DeviceModel,
  state: DeviceState,
  caches: DeviceCaches,
  { slot, tokens, signal }: Filled & { signal: AbortSignal | undefined },
): Promise<void> {
  const pass = new DeviceLayered(model, promptSequence(tokens), { weights: state.feeds, signal });
  const y = await pass.forward({
    keep: false,
    onKeys: async (layer, k, v) => {
      const fresh = new Map([
        [2 * layer, k],
        [2 * layer + 1, v],
      ]);
      await caches.write([slot], [0], fresh);
    },
  });
  y?.dispose();
}
