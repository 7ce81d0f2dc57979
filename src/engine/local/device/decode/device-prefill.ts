/** @file Keys and values of prompts, computed and left on the device: packed, or alone through the layered pass. */
import type { PrefillProgress } from '../../decode/stepper.ts';
import { buildPrefill } from '../../graph/model-graph.ts';
import { promptShape } from '../../train/packing.ts';
import { segmentIndex } from '../../train/segment-index.ts';
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
  const short = prompts.filter(({ tokens }) => tokens.length > 0 && tokens.length <= most);
  const perRun = Math.max(1, Math.floor(most / Math.max(1, ...short.map(({ tokens }) => tokens.length))));
  for (let start = 0; start < short.length; start += perRun) {
    const part = short.slice(start, start + perRun);
    await prefillPart(model, state, caches, part);
    onPart(part.reduce((sum, { tokens }) => sum + tokens.length, 0));
  }
  for (const prompt of prompts.filter(({ tokens }) => tokens.length > most)) {
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
  const lengths = part.map(({ tokens }) => tokens.length);
  const { chunks, query } = promptShape(lengths);
  const count = lengths.reduce((a, b) => a + b, 0);
  const tokens = new Int32Array(count);
  const positions = new BigInt64Array(count);
  let row = 0;
  const spans = part.map((prompt) => {
    tokens.set(prompt.tokens, row);
    for (const i of prompt.tokens.keys()) positions[row + i] = BigInt(i);
    const span = { start: row, length: prompt.tokens.length };
    row += prompt.tokens.length;
    return span;
  });
  const program: ProgramSpec = { key: `prefill ${chunks}`, build: () => buildPrefill(config, chunks, 'webgpu') };
  const index = segmentIndex('prompt', spans, config, { query, chunks, firstRow: 0 });
  const sizes = { N: count, Np: count, NG: part.length, Q: query };
  const { kept } = await device.run(program, sizes, { ...state.feeds, ...model.tables, tokens, positions, ...index });
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
  const count = tokens.length;
  const positions = BigInt64Array.from({ length: count }, (_, i) => BigInt(i));
  const sequence = { tokens, positions, count, main: { start: 0, length: count }, tails: [], outputFrom: count };
  const pass = new DeviceLayered(model, sequence, { weights: state.feeds, signal });
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
