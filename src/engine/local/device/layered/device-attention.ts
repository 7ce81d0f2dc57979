/** @file Attention of a whole sequence with tails on the device, block by block. */
import { EngineError } from '../../../../errors.ts';
import { cutRows, type Span } from '../../train/segment-index.ts';
import type { DeviceModel } from '../device-model.ts';
import type { Feed } from '../device-program.ts';
import { type DeviceTensor, disposeAll } from '../device-tensor.ts';
import { joinOver, zerosOf } from '../tensor-programs.ts';
import { blockProgram } from './attention-graphs.ts';
import { type DeviceBlockSizes, type KeyBlock, planBlocks, type QueryBlock, type RowPlaces } from './block-plan.ts';

/** Queries from row `first` on, keys and values of all rows, and who may see whom. */
export interface DeviceHeads {
  /** [H, M, hd], M rows from `first`. */
  readonly q: DeviceTensor;
  /** [KV, N, hd] */
  readonly k: DeviceTensor;
  readonly v: DeviceTensor;
  readonly first: number;
  readonly places: RowPlaces;
  readonly window: number | undefined;
  readonly sizes: DeviceBlockSizes;
  readonly signal: AbortSignal | undefined;
}

/** [H, M, hd] and [H, M, 1]. */
export interface DeviceAttended {
  readonly o: DeviceTensor;
  readonly lse: DeviceTensor;
}

/** Scores without any key yet: their exponential is 0. */
const noKeys = -1e30;

function sizesOf({ first, places }: DeviceHeads, query: Span, key: Span) {
  const q0 = query.start - first;
  const k0 = key.start;
  return {
    N: places.segments.length,
    S: query.length,
    A: key.length,
    q0,
    q1: q0 + query.length,
    k0,
    k1: k0 + key.length,
  };
}

function maskFeeds({ places }: DeviceHeads, query: Span, key: KeyBlock): Record<string, Feed> {
  if (!key.masked) return {};
  const cut = (values: Float32Array, { start, length }: Span) => values.subarray(start, start + length);
  return {
    qSegment: cut(places.segments, query),
    qPosition: cut(places.positions, query),
    kSegment: cut(places.segments, key),
    kPosition: cut(places.positions, key),
  };
}

const throwIfAborted = ({ signal }: DeviceHeads): void => {
  if (signal?.aborted) throw new EngineError('aborted', 'The engine was told to stop.');
};

const plan = (heads: DeviceHeads): QueryBlock[] => planBlocks(heads.places, heads);

/** The result is the caller's to dispose of. */
export async function deviceAttention(model: DeviceModel, heads: DeviceHeads): Promise<DeviceAttended> {
  const { device, config } = model;
  const { q, k, v, window } = heads;
  const parts: DeviceAttended[] = [];
  for (const block of plan(heads)) {
    let total: DeviceAttended = {
      o: await zerosOf(device, [config.heads, block.length, config.headDim]),
      lse: await device.upload(new Float32Array(config.heads * block.length).fill(noKeys), [
        config.heads,
        block.length,
        1,
      ]),
    };
    for (const key of block.keys) {
      throwIfAborted(heads);
      const program = blockProgram(config, { masked: key.masked, backward: false, window });
      const feeds = { q, k, v, oSoFar: total.o, lseSoFar: total.lse, ...maskFeeds(heads, block, key) };
      const { kept } = await device.run(program, sizesOf(heads, block, key), feeds);
      disposeAll([total.o, total.lse]);
      total = kept as { o: DeviceTensor; lse: DeviceTensor };
    }
    parts.push(total);
  }
  return {
    o: await joinOver(
      device,
      parts.map(({ o }) => o),
      1,
    ),
    lse: await joinOver(
      device,
      parts.map(({ lse }) => lse),
      1,
    ),
  };
}

/** Gradients of `q`, `k` and `v`, in their shapes. `delta` [H, M] is the sum of dO o over each head. */
export async function deviceAttentionBackward(
  model: DeviceModel,
  heads: DeviceHeads,
  { lse, dO, delta }: { lse: DeviceTensor; dO: DeviceTensor; delta: DeviceTensor },
): Promise<{ dq: DeviceTensor; dk: DeviceTensor; dv: DeviceTensor }> {
  const { device, config } = model;
  const { q, k, v, window, sizes, places } = heads;
  const keySpans = cutRows(0, places.segments.length, sizes.keys);
  const zeros = () =>
    Promise.all(keySpans.map(({ length }) => zerosOf(device, [config.kvHeads, length, config.headDim])));
  const [dk, dv] = [await zeros(), await zeros()];
  const dqs: DeviceTensor[] = [];
  for (const block of plan(heads)) {
    let dq = await zerosOf(device, [config.heads, block.length, config.headDim]);
    for (const key of block.keys) {
      throwIfAborted(heads);
      const n = key.start / sizes.keys;
      const [dkSoFar, dvSoFar] = [dk[n], dv[n]] as [DeviceTensor, DeviceTensor];
      const program = blockProgram(config, { masked: key.masked, backward: true, window });
      const feeds = { q, k, v, lse, dO, delta, dqSoFar: dq, dkSoFar, dvSoFar, ...maskFeeds(heads, block, key) };
      const { kept } = await device.run(program, sizesOf(heads, block, key), feeds);
      disposeAll([dq, dkSoFar, dvSoFar]);
      dq = kept.dq as DeviceTensor;
      dk[n] = kept.dk as DeviceTensor;
      dv[n] = kept.dv as DeviceTensor;
    }
    dqs.push(dq);
  }
  return {
    dq: await joinOver(device, dqs, 1),
    dk: await joinOver(device, dk, 1),
    dv: await joinOver(device, dv, 1),
  };
}
