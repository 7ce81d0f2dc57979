/**
 * @file Loss and gradients of one unit (a shared prompt with its rollouts, or a plain sequence) by the layered pass: for
 * sequences whose activations would not fit, or not well, into one graph of the whole model.
 */
import type { LossSpec } from '../../../engine.ts';
import { evaluateLoss, type LossResult } from '../../../losses.ts';
import { ropeTables } from '../../graph/rope-tables.ts';
import type { ModelConfig } from '../../weights/model-config.ts';
import { type Parameters, projectionKey } from '../../weights/parameters.ts';
import { addInto, addRows, checkLogprobs, notFinite, sum } from '../accumulate.ts';
import type { ExpertLoad } from '../expert-load.ts';
import { type ByRollout, type GateFeeds, gateFeeds, lossTokens } from '../gate-feeds.ts';
import { type HeadRows, headRows } from '../packing.ts';
import type { Span } from '../segment-index.ts';
import { tokenRows } from '../token-rows.ts';
import type { Unit } from '../units.ts';
import type { BlockSizes } from './attention-plan.ts';
import { type LayeredOptions, LayeredPass, type LayeredSequence } from './layered-pass.ts';
import { LayeredPrograms } from './programs.ts';

/** Logits that the head computes together: 32 MB. */
const headLogits = 8e6;

/** Adds to gradients that the caller owns; `unitLogprobs` is its forward half alone. */
export class SequenceTrainer {
  private readonly config: ModelConfig;
  private readonly parameters: Parameters;
  private readonly gradients: Parameters;
  private readonly programs: LayeredPrograms;
  private readonly pass: LayeredPass;

  constructor(options: {
    config: ModelConfig;
    parameters: Parameters;
    gradients: Parameters;
    threads: number;
    sizes?: BlockSizes;
  }) {
    const { config, parameters, threads, sizes } = options;
    this.config = config;
    this.parameters = parameters;
    this.gradients = options.gradients;
    this.programs = new LayeredPrograms(config, threads);
    this.pass = new LayeredPass({ config, parameters, tables: ropeTables(config), programs: this.programs, sizes });
  }

  /**
   * Adds the unit's gradient.
   *
   * @throws EngineError when a number is not finite, or `signal` aborts: gradients are then in part added.
   */
  async step(
    unit: Unit,
    spec: LossSpec,
    byRollout: ByRollout,
    { signal, load }: { signal?: AbortSignal | undefined; load: ExpertLoad },
  ): Promise<{ result: LossResult; entropy: number; rows: HeadRows }> {
    this.programs.signal = signal;
    const { sequence, rows, index } = layout(unit);
    const { y, kept } = await this.pass.forward(sequence, { keep: true });
    const { dy, result, entropy } = await this.head(y, index, { rows, spec, byRollout });
    const where = `group ${unit.tails[0]?.group}`;
    const dx = await this.pass.backward(sequence, kept, dy, {
      gradient: (key, gradient) => this.add(key, gradient, where),
      expertLoad: (layer, rows) => load.add(rows, layer),
    });
    if (!this.config.lora) {
      if (!Number.isFinite(sum(dx))) throw notFinite('gradient', where);
      addRows(this.gradients.views.embedding as Float32Array, dx, sequence.tokens, this.config.hiddenSize);
    }
    return { result, entropy, rows };
  }

  async release(): Promise<void> {
    await this.programs.release();
  }

  private add(key: string, gradient: Float32Array, where: string): void {
    const target = this.gradients.views[key];
    if (target && !Number.isFinite(addInto(target, gradient))) throw notFinite(`gradient of ${key}`, where);
  }

  /** Loss, and the gradient at the last layer's output. */
  private async head(
    y: Float32Array,
    index: Int32Array,
    { rows, spec, byRollout }: { rows: HeadRows; spec: LossSpec; byRollout: ByRollout },
  ): Promise<{ dy: Float32Array; result: LossResult; entropy: number }> {
    const tokens = lossTokens(spec, rows, byRollout);
    const feeds = gateFeeds(spec, tokens);
    const evaluate = (now: Float32Array) => evaluateLoss(spec, { ...tokens, now });
    if (spec.ratioVeto !== undefined) {
      // A veto looks at a whole rollout: the ratios of all its tokens must be known before any gradient.
      const views = this.parameters.views;
      const { vetoed } = evaluate(await headLogprobs(this.config, this.programs, views, { y, index, rows }));
      for (const [row, id] of rows.rolloutIds.entries()) if (vetoed.has(id)) feeds.scale[row] = 0;
    }
    const { logp, entropy, dy } = await this.headBackward({ y, index, rows }, feeds);
    return { dy, result: evaluate(logp), entropy };
  }

  private async headBackward(
    { y, index, rows }: HeadInput,
    gate: GateFeeds,
  ): Promise<{ logp: Float32Array; entropy: number; dy: Float32Array }> {
    const { hiddenSize: d } = this.config;
    const projection = projectionKey(this.config);
    const { fan } = rows;
    const logp = new Float32Array(index.length * fan);
    const dy = new Float32Array(y.length);
    let entropy = 0;
    for (const [start, end] of headBlocks(this.config, index.length)) {
      const [from, to] = [start * fan, end * fan];
      const slices = Object.entries(gate).map(([name, values]) => [name, values.subarray(from, to)] as const);
      const target = rows.targets.subarray(from, to);
      const part = index.subarray(start, end);
      const feeds = { ...this.parameters.views, ...Object.fromEntries(slices), target, h: rowsAt(y, part, d) };
      const result = await this.programs.run('head-backward', { Nh: part.length, K: fan }, feeds);
      logp.set(result.logp as Float32Array, from);
      checkLogprobs(logp.subarray(from, to), rows.groups.subarray(from, to));
      entropy += sum(result.entropy as Float32Array);
      for (const [i, row] of part.entries()) dy.set((result.dh as Float32Array).subarray(i * d, (i + 1) * d), row * d);
      if (this.config.lora) continue;
      const where = `group ${rows.groups[from]}`;
      this.add('finalNorm', result['gradient.finalNorm'] as Float32Array, where);
      this.add(projection, result[`gradient.${projection}`] as Float32Array, where);
      addRows(this.gradients.views[projection] as Float32Array, result.targetRows as Float32Array, target, d);
    }
    return { logp, entropy, dy };
  }
}

interface HeadInput {
  /** [N, d] */
  readonly y: Float32Array;
  /** Rows of y that predict a token. */
  readonly index: Int32Array;
  readonly rows: HeadRows;
}

/** Rows of the head that go together, as spans of its rows. */
export const headBlocks = ({ vocabSize }: ModelConfig, count: number): [start: number, end: number][] => {
  const size = Math.max(16, Math.floor(headLogits / vocabSize));
  return Array.from({ length: Math.ceil(count / size) }, (_, i) => [i * size, Math.min(count, (i + 1) * size)]);
};

/** Log-probabilities of the rows' targets, without a backward pass. */
async function headLogprobs(
  config: ModelConfig,
  programs: LayeredPrograms,
  views: Parameters['views'],
  { y, index, rows }: HeadInput,
): Promise<Float32Array> {
  const { fan } = rows;
  const logp = new Float32Array(index.length * fan);
  for (const [start, end] of headBlocks(config, index.length)) {
    const h = rowsAt(y, index.subarray(start, end), config.hiddenSize);
    const feeds = { ...views, h, target: rows.targets.subarray(start * fan, end * fan) };
    const result = await programs.run('head', { Nh: end - start, K: fan }, feeds);
    logp.set(result.logp as Float32Array, start * fan);
  }
  checkLogprobs(logp, rows.groups);
  return logp;
}

/** Log-probabilities of a unit's tokens, by the forward half of the layered pass. */
export async function unitLogprobs(
  unit: Unit,
  { config, parameters, programs, sizes }: Omit<LayeredOptions, 'tables'>,
): Promise<{ logp: Float32Array; rows: HeadRows }> {
  const pass = new LayeredPass({ config, parameters, tables: ropeTables(config), programs, sizes });
  const { sequence, rows, index } = layout(unit);
  const { y } = await pass.forward(sequence, { keep: false });
  return { logp: await headLogprobs(config, programs, parameters.views, { y, index, rows }), rows };
}

/** The `count` most likely tokens after each row of a unit, by the forward half of the layered pass. */
export async function unitTop(
  unit: Unit,
  count: number,
  { config, parameters, programs, sizes }: Omit<LayeredOptions, 'tables'>,
): Promise<{ topTokens: Float32Array; topLogprobs: Float32Array; rows: HeadRows }> {
  const pass = new LayeredPass({ config, parameters, tables: ropeTables(config), programs, sizes });
  const { sequence, rows, index } = layout(unit);
  const { y } = await pass.forward(sequence, { keep: false });
  const topTokens = new Float32Array(index.length * count);
  const topLogprobs = new Float32Array(index.length * count);
  for (const [start, end] of headBlocks(config, index.length)) {
    const h = rowsAt(y, index.subarray(start, end), config.hiddenSize);
    const feeds = { ...parameters.views, h, target: rows.targets.subarray(start, end) };
    const result = await programs.run('head-top', { Nh: end - start, K: 1, T: count }, feeds);
    topTokens.set(result.topTokens as Float32Array, start * count);
    topLogprobs.set(result.topLogprobs as Float32Array, start * count);
  }
  return { topTokens, topLogprobs, rows };
}

/** Rows `index` of x [N, d]. */
function rowsAt(x: Float32Array, index: Int32Array, d: number): Float32Array {
  const out = new Float32Array(index.length * d);
  for (const [i, row] of index.entries()) out.set(x.subarray(row * d, (row + 1) * d), i * d);
  return out;
}

/** Token rows of a unit, prompt first, and which of them predict a token. */
export function layout(unit: Unit): { sequence: LayeredSequence; rows: HeadRows; index: Int32Array } {
  const { prefix, tails } = unit;
  const plain = prefix.length === 0;
  const streams = [...(plain ? [] : [prefix]), ...tails.map((tail) => tail.inputs)];
  const { tokens, positions, spans } = tokenRows(streams, (n) => (n === 0 ? 0 : prefix.length));
  const count = tokens.length;
  const [main, ...rest] = spans as readonly [Span, ...Span[]];
  const { rows, feeds } = headRows(tails, count - prefix.length);
  const index = (feeds.headRows as Int32Array).map((row) => row + prefix.length);
  return { sequence: { main, tails: rest, count, tokens, positions, outputFrom: prefix.length }, rows, index };
}
