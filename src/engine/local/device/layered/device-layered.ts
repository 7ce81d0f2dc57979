/**
 * @file One sequence with tails through the model on the device, layer by layer, forward and backward: the layered pass of
 * train/layered, with its row graphs, and all that lies between them on the device too.
 */

import { embed } from '../../graph/model-graph.ts';
import { scaled } from '../../graph/ops.ts';
import type { LayeredSequence } from '../../train/layered/layered-pass.ts';
import { buildLayerInput, buildLayerOutput, inputBlocks, ofLayer } from '../../train/layered/row-graphs.ts';
import { cutRows, type Span } from '../../train/segment-index.ts';
import { kindName, layerKind } from '../../weights/layer-kind.ts';
import type { DeviceModel } from '../device-model.ts';
import { type DeviceOutputs, type ProgramSpec, programOf } from '../device-program.ts';
import { type DeviceTensor, disposeAll } from '../device-tensor.ts';
import { joinOver, sliceOf } from '../tensor-programs.ts';
import { rowPlaces } from './block-plan.ts';
import { type DeviceAttended, type DeviceHeads, deviceAttention, deviceAttentionBackward } from './device-attention.ts';

/** What the backward pass reads of a layer: its input [N, d], and its attention. */
interface Kept {
  readonly x: DeviceTensor;
  readonly attended: DeviceAttended;
}

/** Takes the gradients of a layer's tensors; they are its own then. */
export interface DeviceSink {
  readonly gradient: (key: string, gradient: DeviceTensor) => Promise<void>;
  readonly expertLoad: (layer: number, rows: Float32Array) => void;
}

/** Options of a pass. */
export interface DevicePassOptions {
  readonly weights: Readonly<Record<string, DeviceTensor>>;
  readonly signal: AbortSignal | undefined;
}

type RowProgram = 'layer-input' | 'keys-values' | 'layer-output';

/** One sequence; what it keeps between forward and backward is gone with `release`. */
export class DeviceLayered {
  private readonly model: DeviceModel;
  private readonly sequence: LayeredSequence;
  private readonly options: DevicePassOptions;
  private readonly weights: readonly DevicePassOptions['weights'][];
  private readonly kept: Kept[] = [];

  constructor(model: DeviceModel, sequence: LayeredSequence, options: DevicePassOptions) {
    this.model = model;
    this.sequence = sequence;
    this.options = options;
    this.weights = Array.from({ length: model.config.layers }, (_, layer) => ofLayer(options.weights, layer));
  }

  /** The first row whose output a layer must give: of the last layer nothing reads what stands before. */
  firstQuery(layer: number): number {
    return layer === this.model.config.layers - 1 ? Math.min(this.sequence.outputFrom, this.sequence.count) : 0;
  }

  /**
   * The last layer's output, rows from `firstQuery` on; undefined where it has none. `onKeys` is lent each layer's keys and values.
   */
  async forward({
    keep,
    onKeys,
  }: {
    keep: boolean;
    onKeys?: (layer: number, k: DeviceTensor, v: DeviceTensor) => Promise<void>;
  }): Promise<DeviceTensor | undefined> {
    const { config, device } = this.model;
    let x: DeviceTensor | undefined = await this.embedded();
    for (let layer = 0; layer < config.layers && x; layer++) {
      const first = this.firstQuery(layer);
      const heads = await this.heads(layer, x);
      await onKeys?.(layer, heads.k, heads.v);
      if (!heads.q) {
        disposeAll([heads.k, heads.v, x]);
        return undefined;
      }
      const input: DeviceTensor = x;
      const attended = await deviceAttention(this.model, this.withPlaces(layer, { ...heads, q: heads.q }));
      disposeAll([heads.q, heads.k, heads.v]);
      const blocks: DeviceTensor[] = [];
      for (const rows of cutRows(first, this.sequence.count, this.model.blocks.rows)) {
        const feeds = { x: await this.rows(input, rows), o: await this.headRows(attended.o, rows, first) };
        const { kept } = await this.run('layer-output', { layer, rows, backward: false }, feeds);
        blocks.push(kept.y as DeviceTensor);
      }
      if (keep) this.kept.push({ x: input, attended });
      else disposeAll([input, attended.o, attended.lse]);
      x = await joinOver(device, blocks, 0);
    }
    return x;
  }

  /** The gradient [N, d] at the token embeddings from `dy` at the last layer's output, which is disposed of. */
  async backward(dy: DeviceTensor, sink: DeviceSink): Promise<DeviceTensor> {
    let gradient = dy;
    for (let layer = this.model.config.layers - 1; layer >= 0; layer--) {
      gradient = await this.layerBackward(layer, gradient, sink);
    }
    return gradient;
  }

  release(): void {
    for (const { x, attended } of this.kept) disposeAll([x, attended.o, attended.lse]);
    this.kept.length = 0;
  }

  private async layerBackward(layer: number, dy: DeviceTensor, sink: DeviceSink): Promise<DeviceTensor> {
    const { device } = this.model;
    const { count } = this.sequence;
    const first = this.firstQuery(layer);
    const { x, attended } = this.kept[layer] as Kept;
    const parts: Record<'dMiddle' | 'dO' | 'delta', DeviceTensor[]> = { dMiddle: [], dO: [], delta: [] };
    for (const rows of cutRows(first, count, this.model.blocks.rows)) {
      const feeds = {
        x: await this.rows(x, rows),
        o: await this.headRows(attended.o, rows, first),
        dy: await this.rows(dy, { start: rows.start - first, length: rows.length }),
      };
      const outputs = await this.run('layer-output', { layer, rows, backward: true }, feeds);
      for (const name of ['dMiddle', 'dO', 'delta'] as const) parts[name].push(outputs.kept[name] as DeviceTensor);
      await this.take(layer, outputs, sink);
    }
    dy.dispose();
    const dMiddle = await joinOver(device, parts.dMiddle, 0);
    const [dO, delta] = [await joinOver(device, parts.dO, 1), await joinOver(device, parts.delta, 1)];
    const { q, k, v } = await this.heads(layer, x);
    const heads = this.withPlaces(layer, { q: q as DeviceTensor, k, v });
    const into = await deviceAttentionBackward(this.model, heads, { lse: attended.lse, dO, delta });
    disposeAll([q, k, v, dO, delta, attended.o, attended.lse]);
    const dx = await this.inputBackward(layer, { x, dMiddle, ...into }, sink);
    disposeAll([x, dMiddle, into.dq, into.dk, into.dv]);
    this.kept.length = layer;
    return dx;
  }

  private async inputBackward(
    layer: number,
    { x, dMiddle, dq, dk, dv }: Record<'x' | 'dMiddle' | 'dq' | 'dk' | 'dv', DeviceTensor>,
    sink: DeviceSink,
  ): Promise<DeviceTensor> {
    const first = this.firstQuery(layer);
    const blocks: DeviceTensor[] = [];
    for (const { rows, queries } of this.inputBlocks(layer)) {
      const own = { start: rows.start - first, length: rows.length };
      const feeds = {
        x: await this.rows(x, rows),
        dk: await this.headRows(dk, rows, 0),
        dv: await this.headRows(dv, rows, 0),
        ...(queries ? { dq: await this.headRows(dq, rows, first), dMiddle: await this.rows(dMiddle, own) } : {}),
      };
      const outputs = await this.run(queries ? 'layer-input' : 'keys-values', { layer, rows, backward: true }, feeds);
      blocks.push(outputs.kept.dx as DeviceTensor);
      await this.take(layer, outputs, sink);
    }
    return joinOver(this.model.device, blocks, 0);
  }

  /** Queries from `firstQuery` on, keys and values; no queries where the last layer has none. */
  private async heads(
    layer: number,
    x: DeviceTensor,
  ): Promise<{ q: DeviceTensor | undefined; k: DeviceTensor; v: DeviceTensor }> {
    const { device } = this.model;
    const parts: Record<'q' | 'k' | 'v', DeviceTensor[]> = { q: [], k: [], v: [] };
    for (const { rows, queries } of this.inputBlocks(layer)) {
      const feeds = { x: await this.rows(x, rows) };
      const { kept } = await this.run(queries ? 'layer-input' : 'keys-values', { layer, rows, backward: false }, feeds);
      for (const name of ['q', 'k', 'v'] as const) if (kept[name]) parts[name].push(kept[name]);
    }
    const join = (list: DeviceTensor[]) => joinOver(device, list, 1);
    return { q: parts.q.length > 0 ? await join(parts.q) : undefined, k: await join(parts.k), v: await join(parts.v) };
  }

  private withPlaces(layer: number, heads: Pick<DeviceHeads, 'q' | 'k' | 'v'>): DeviceHeads {
    const { config } = this.model;
    const { signal } = this.options;
    const window = layerKind(config, layer).windowed ? config.window : undefined;
    const places = rowPlaces(this.sequence, this.sequence.positions);
    return { ...heads, first: this.firstQuery(layer), places, window, sizes: this.model.blocks, signal };
  }

  private inputBlocks(layer: number): { rows: Span; queries: boolean }[] {
    return inputBlocks(this.firstQuery(layer), this.sequence.count, this.model.blocks.rows);
  }

  private async take(layer: number, { host, kept }: DeviceOutputs, sink: DeviceSink): Promise<void> {
    if (host.expertLoad) sink.expertLoad(layer, host.expertLoad);
    for (const [name, tensor] of Object.entries(kept)) {
      if (name.startsWith('gradient.')) await sink.gradient(`layer${layer}.${name.slice('gradient.'.length)}`, tensor);
    }
  }

  private rows(x: DeviceTensor, { start, length }: Span): Promise<DeviceTensor> {
    return sliceOf(this.model.device, x, { axis: 0, start, end: start + length });
  }

  /** Rows of a value by head whose first row is `first`. */
  private headRows(x: DeviceTensor, { start, length }: Span, first: number): Promise<DeviceTensor> {
    return sliceOf(this.model.device, x, { axis: 1, start: start - first, end: start - first + length });
  }

  private embedded(): Promise<DeviceTensor> {
    const { config, device } = this.model;
    const program = programOf('embed', (graph) =>
      embed(graph, config, graph.input('embedding', [config.vocabSize, config.hiddenSize]), 'N'),
    );
    const { tokens, count } = this.sequence;
    return device.make(program, { N: count }, { embedding: this.options.weights.embedding as DeviceTensor, tokens });
  }

  /** Runs a row graph of a layer; `feeds` of the device are slices, which are disposed of. */
  private async run(
    name: RowProgram,
    { layer, rows, backward }: { layer: number; rows: Span; backward: boolean },
    feeds: Readonly<Record<string, DeviceTensor>>,
  ): Promise<DeviceOutputs> {
    const { config, device, tables } = this.model;
    const kind = layerKind(config, layer);
    const options = { backward, target: 'webgpu' } as const;
    const program: ProgramSpec = {
      key: `${name} ${backward} ${kindName(kind)}`,
      build: () =>
        name === 'layer-output'
          ? buildLayerOutput(config, kind, options)
          : buildLayerInput(config, kind, { ...options, queries: name === 'layer-input' }),
      kept: (output) => output !== 'expertLoad',
    };
    const positions = this.sequence.positions.subarray(rows.start, rows.start + rows.length);
    const all = { ...this.weights[layer], ...tables, positions, ...feeds };
    const outputs = await device.run(program, { N: rows.length }, all);
    disposeAll(Object.values(feeds));
    return outputs;
  }
}

/** Rows times the factor that a model has of its embeddings; x is disposed of where there is one. */
export async function scaledOver(model: DeviceModel, x: DeviceTensor): Promise<DeviceTensor> {
  const factor = model.config.multipliers?.embedding;
  if (factor === undefined || factor === 1) return x;
  const program = programOf('scale-embedding', (graph) => scaled(graph, graph.input('x', undefined), factor));
  const y = await model.device.make(program, {}, { x });
  x.dispose();
  return y;
}
