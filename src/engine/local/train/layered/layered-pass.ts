/**
 * @file One sequence with tails through the model, layer by layer, forward and backward, in memory that grows linearly with
 * its length: what is kept of a layer is its input and its attention's result, [N, d] each; queries, keys and values are
 * computed again in the backward pass, and scores exist only block by block.
 *
 * A prompt's rows stand once for all of its rollouts (the tails), so a group costs about P + G R rows instead of G (P + R).
 */
import type { TensorData } from '../../graph/graph.ts';
import type { RopeTables } from '../../graph/rope-tables.ts';
import { layerKind } from '../../weights/layer-kind.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import type { Parameters } from '../../weights/parameters.ts';
import { cutRows, type Span } from '../segment-index.ts';
import {
  type Attended,
  type AttentionGradients,
  attentionBackward,
  attentionForward,
  type Heads,
  keyRows,
  queryRows,
} from './attention-pass.ts';
import {
  type AttentionPlan,
  type BlockSizes,
  defaultBlockSizes,
  planAttention,
  type SequenceRows,
} from './attention-plan.ts';
import { gather, scatter } from './per-head.ts';
import type { LayeredProgram, LayeredPrograms } from './programs.ts';
import { inputBlocks, ofLayer } from './row-graphs.ts';
import { planWindow } from './window-plan.ts';

/** Rows that pass through a graph together: large enough that a weight's gradient is seldom copied. */
const rowBlock = 1024;

/** A prompt with its tails as rows [N]: main first, then the tails. */
export interface LayeredSequence extends SequenceRows {
  /** [N] */
  readonly tokens: Int32Array;
  /** [N] */
  readonly positions: BigInt64Array;
  /** First row whose output the last layer must give. */
  readonly outputFrom: number;
}

/** What the backward pass reads of a layer. */
interface Kept {
  /** [N, d] */
  readonly x: Float32Array;
  readonly attended: Attended;
}

/** The last layer's output, and what a backward pass needs of each layer. */
export interface LayeredForward {
  /** [N, d]: rows before `outputFrom` are zero. */
  readonly y: Float32Array;
  /** Empty when nothing was to be kept. */
  readonly kept: readonly Kept[];
}

/** The model, and how large the pieces are that it is computed in. */
export interface LayeredOptions {
  readonly config: ModelConfig;
  /** With the adapter's, if there is one. */
  readonly parameters: Pick<Parameters, 'views'>;
  readonly tables: RopeTables;
  readonly programs: LayeredPrograms;
  readonly sizes?: BlockSizes | undefined;
}

/** Takes what a row block of a layer gives. */
export interface LayeredSink {
  /** Adds the gradient of a layer's tensor. */
  readonly gradient: (key: string, gradient: Float32Array) => void;
  /** Counts the rows of each expert of a layer. */
  readonly expertLoad: (layer: number, rows: Float32Array) => void;
}

/** Holds views of the parameters, so that updates in place count at once. */
export class LayeredPass {
  private readonly config: ModelConfig;
  private readonly programs: LayeredPrograms;
  private readonly embedding: Float32Array;
  private readonly tables: RopeTables;
  private readonly sizes: BlockSizes;
  private readonly weights: readonly Readonly<Record<string, Float32Array>>[];

  constructor({ config, parameters, tables, programs, sizes = defaultBlockSizes }: LayeredOptions) {
    this.sizes = sizes;
    this.config = config;
    this.programs = programs;
    this.tables = tables;
    this.embedding = parameters.views.embedding as Float32Array;
    this.weights = Array.from({ length: config.layers }, (_, layer) => ofLayer(parameters.views, layer));
  }

  /** @param onKeys is given each layer's keys and values. With `keep: false` nothing stays for a backward pass. */
  async forward(
    sequence: LayeredSequence,
    { keep, onKeys }: { keep: boolean; onKeys?: (layer: number, keys: Pick<Heads, 'k' | 'v'>) => void },
  ): Promise<LayeredForward> {
    const { config } = this;
    const kept: Kept[] = [];
    let x = this.embed(sequence.tokens);
    for (let layer = 0; layer < config.layers; layer++) {
      const from = this.firstQuery(sequence, layer);
      const heads = await this.heads(layer, sequence, x);
      onKeys?.(layer, heads);
      const attended = await this.attend(layer, sequence, heads);
      const y = new Float32Array(x.length);
      for (const rows of cutRows(from, sequence.count, rowBlock)) {
        const feeds = { x: this.rowsOf(x, rows), o: gather(attended.o, [rows]) };
        const result = await this.run('layer-output', layer, rows, feeds);
        y.set(result.y as Float32Array, rows.start * config.hiddenSize);
      }
      if (keep) kept.push({ x, attended });
      x = y;
    }
    return { y: x, kept };
  }

  /** The gradient [N, d] at the token embeddings, from `dy` [N, d] at the last layer's output (which is overwritten). */
  async backward(
    sequence: LayeredSequence,
    kept: readonly Kept[],
    dy: Float32Array,
    sink: LayeredSink,
  ): Promise<Float32Array> {
    for (let layer = this.config.layers - 1; layer >= 0; layer--) {
      await this.layerBackward(layer, sequence, kept[layer] as Kept, dy, sink);
    }
    return scaleRows(dy, this.config.multipliers?.embedding);
  }

  /** Replaces `dy` by dx. */
  private async layerBackward(
    layer: number,
    sequence: LayeredSequence,
    { x, attended }: Kept,
    dy: Float32Array,
    sink: LayeredSink,
  ): Promise<void> {
    const { config } = this;
    const { count } = sequence;
    const from = this.firstQuery(sequence, layer);
    const [dO, delta] = [queryRows(config, count), queryRows(config, count, 1)];
    for (const rows of cutRows(from, count, rowBlock)) {
      const feeds = { x: this.rowsOf(x, rows), o: gather(attended.o, [rows]), dy: this.rowsOf(dy, rows) };
      const result = await this.run('layer-output-backward', layer, rows, feeds);
      dy.set(result.dMiddle as Float32Array, rows.start * config.hiddenSize);
      scatter(dO, [rows], result.dO as Float32Array);
      scatter(delta, [rows], result.delta as Float32Array);
      this.take(layer, result, sink);
    }
    const into = { dq: queryRows(config, count), dk: keyRows(config, count), dv: keyRows(config, count) };
    const heads = await this.heads(layer, sequence, x);
    const { plan, window } = this.plan(layer, sequence);
    await attentionBackward(config, this.programs, plan, { ...heads, lse: attended.lse, dO, delta, into, window });
    await this.inputBackward(layer, sequence, { x, dy, into }, sink);
  }

  private async inputBackward(
    layer: number,
    sequence: LayeredSequence,
    { x, dy, into }: { x: Float32Array; dy: Float32Array; into: AttentionGradients },
    sink: LayeredSink,
  ): Promise<void> {
    const { dq, dk, dv } = into;
    for (const { rows, queries } of this.inputBlocks(layer, sequence)) {
      const keys = { x: this.rowsOf(x, rows), dk: gather(dk, [rows]), dv: gather(dv, [rows]) };
      const result = await (queries
        ? this.run('layer-input-backward', layer, rows, {
            ...keys,
            ...this.rope(sequence, rows),
            dq: gather(dq, [rows]),
            dMiddle: this.rowsOf(dy, rows),
          })
        : this.run('keys-values-backward', layer, rows, { ...keys, ...this.rope(sequence, rows) }));
      dy.set(result.dx as Float32Array, rows.start * this.config.hiddenSize);
      this.take(layer, result, sink);
    }
  }

  /** Queries, keys and values; the last layer has no queries before `outputFrom`. */
  private async heads(layer: number, sequence: LayeredSequence, x: Float32Array): Promise<Heads> {
    const { config } = this;
    const heads = {
      q: queryRows(config, sequence.count),
      k: keyRows(config, sequence.count),
      v: keyRows(config, sequence.count),
    };
    for (const { rows, queries } of this.inputBlocks(layer, sequence)) {
      const feeds = { x: this.rowsOf(x, rows), ...this.rope(sequence, rows) };
      const result = await this.run(queries ? 'layer-input' : 'keys-values', layer, rows, feeds);
      if (queries) scatter(heads.q, [rows], result.q as Float32Array);
      scatter(heads.k, [rows], result.k as Float32Array);
      scatter(heads.v, [rows], result.v as Float32Array);
    }
    return heads;
  }

  private attend(layer: number, sequence: LayeredSequence, heads: Heads): Promise<Attended> {
    const { plan, window } = this.plan(layer, sequence);
    return attentionForward(this.config, this.programs, plan, { ...heads, window });
  }

  private plan(layer: number, sequence: LayeredSequence): { plan: AttentionPlan; window: number | undefined } {
    const { config, sizes } = this;
    const options = { mainQueries: this.firstQuery(sequence, layer) === 0, sizes };
    const window = layerKind(config, layer).windowed ? config.window : undefined;
    const plan = window === undefined ? planAttention(sequence, options) : planWindow(sequence, { ...options, window });
    return { plan, window };
  }

  private firstQuery({ outputFrom }: LayeredSequence, layer: number): number {
    return layer === this.config.layers - 1 ? outputFrom : 0;
  }

  private inputBlocks(layer: number, sequence: LayeredSequence): { rows: Span; queries: boolean }[] {
    return inputBlocks(this.firstQuery(sequence, layer), sequence.count, rowBlock);
  }

  private take(layer: number, result: Readonly<Record<string, Float32Array>>, sink: LayeredSink): void {
    for (const [name, gradient] of Object.entries(result)) {
      if (name === 'expertLoad') sink.expertLoad(layer, gradient);
      if (name.startsWith('gradient.')) sink.gradient(`layer${layer}.${name.slice('gradient.'.length)}`, gradient);
    }
  }

  private run(
    program: LayeredProgram,
    layer: number,
    rows: Span,
    feeds: Readonly<Record<string, TensorData>>,
  ): Promise<Record<string, Float32Array>> {
    const kind = layerKind(this.config, layer);
    return this.programs.run(program, { N: rows.length }, { ...this.weights[layer], ...feeds }, kind);
  }

  private rope({ positions }: LayeredSequence, { start, length }: Span): Record<string, TensorData> {
    return { ...this.tables, positions: positions.subarray(start, start + length) };
  }

  private rowsOf(x: Float32Array, { start, length }: Span): Float32Array {
    const { hiddenSize } = this.config;
    return x.subarray(start * hiddenSize, (start + length) * hiddenSize);
  }

  private embed(tokens: Int32Array): Float32Array {
    const { hiddenSize, multipliers } = this.config;
    const x = new Float32Array(tokens.length * hiddenSize);
    for (const [row, token] of tokens.entries()) {
      x.set(this.embedding.subarray(token * hiddenSize, (token + 1) * hiddenSize), row * hiddenSize);
    }
    return scaleRows(x, multipliers?.embedding);
  }
}

/** In place. */
function scaleRows(x: Float32Array, factor = 1): Float32Array {
  if (factor !== 1) for (let i = 0; i < x.length; i++) (x[i] as number) *= factor;
  return x;
}
