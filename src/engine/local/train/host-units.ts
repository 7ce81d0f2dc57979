/** @file Gradients on the processor: sessions whose inputs are the parameters' arrays, and loops that add up what they give. */
import { evaluateLoss } from '../../losses.ts';
import type { BatchShape } from '../graph/attention.ts';
import { Program } from '../graph/graph.ts';
import { buildTraining } from '../graph/model-graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type Parameters, projectionKey } from '../weights/parameters.ts';
import { addInto, addRows, checkLogprobs, notFinite, sum } from './accumulate.ts';
import { gateFeeds, lossTokens } from './gate-feeds.ts';
import type { BlockSizes } from './layered/attention-plan.ts';
import { SequenceTrainer } from './layered/sequence-trainer.ts';
import type { HeadRows, MicroBatch } from './packing.ts';
import type { PieceLoss, UnitLoss, UnitTrainer } from './unit-trainer.ts';
import type { Unit } from './units.ts';

/** Which model, where its gradients go, and with how many threads. */
export interface HostUnitsOptions {
  readonly config: ModelConfig;
  readonly parameters: Parameters;
  readonly gradients: Parameters;
  readonly threads: number;
  /** Blocks of the layered pass; for tests. */
  readonly sizes?: BlockSizes;
}

/** Adds to gradients that the caller owns. */
export class HostUnits implements UnitTrainer {
  private readonly config: ModelConfig;
  private readonly parameters: Parameters;
  private readonly gradients: Parameters;
  private readonly threads: number;
  private readonly tables: RopeTables;
  private readonly programs = new Map<string, Program>();
  private readonly sequences: SequenceTrainer;
  /** True while `gradients` holds something that an optimizer step has not consumed. */
  private pending = false;
  private before: Float32Array | undefined;

  constructor(options: HostUnitsOptions) {
    this.config = options.config;
    this.parameters = options.parameters;
    this.gradients = options.gradients;
    this.threads = options.threads;
    this.tables = ropeTables(options.config);
    this.sequences = new SequenceTrainer(options);
  }

  begin(): void {
    this.before = this.pending ? this.gradients.flat.slice() : undefined;
    this.pending = true;
  }

  async keep(): Promise<void> {
    this.before = undefined;
  }

  drop(): void {
    if (this.before) this.gradients.flat.set(this.before);
    else this.clear();
    this.before = undefined;
  }

  clear(): void {
    this.gradients.flat.fill(0);
    this.pending = false;
  }

  async packed(micro: MicroBatch, { spec, byRollout, load }: PieceLoss): Promise<UnitLoss> {
    const program = await this.program(micro.shape);
    const { rows } = micro;
    const tokens = lossTokens(spec, rows, byRollout);
    const feeds = { ...this.parameters.views, ...this.tables, ...micro.feeds, ...gateFeeds(spec, tokens) };
    let outputs = await program.run(micro.sizes, feeds);
    const result = evaluateLoss(spec, { ...tokens, now: outputs.logp as Float32Array });
    if (result.vetoed.size > 0) {
      // The graph cannot know of a veto, which looks at a whole rollout: run again without those rollouts.
      for (const [row, id] of rows.rolloutIds.entries()) if (result.vetoed.has(id)) feeds.scale[row] = 0;
      outputs = await program.run(micro.sizes, feeds);
    }
    checkFinite(outputs, micro);
    this.addGradients(outputs, micro);
    load.add(outputs.expertLoad);
    return { result, entropy: (outputs.entropy as Float32Array).reduce((a, b) => a + b, 0) };
  }

  layered(
    unit: Unit,
    { spec, byRollout, load }: PieceLoss,
    signal: AbortSignal | undefined,
  ): Promise<UnitLoss & { rows: HeadRows }> {
    return this.sequences.step(unit, spec, byRollout, { signal, load });
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    await this.sequences.release();
  }

  private addGradients(outputs: Record<string, Float32Array>, micro: MicroBatch): void {
    for (const [key, gradient] of Object.entries(this.gradients.views)) {
      const addend = outputs[`gradient.${key}`];
      if (addend) addInto(gradient, addend);
    }
    // The sparse parts of the embedding's gradient; an adapter leaves embeddings as they are.
    if (this.config.lora) return;
    const { hiddenSize } = this.config;
    const projection = this.gradients.views[projectionKey(this.config)] as Float32Array;
    addRows(projection, outputs.targetRows as Float32Array, micro.rows.targets, hiddenSize);
    addRows(this.gradients.views.embedding as Float32Array, outputs.dx as Float32Array, micro.tokens, hiddenSize);
  }

  private async program(shape: BatchShape): Promise<Program> {
    const key = `${shape.kind} ${shape.chunks}`;
    const known = this.programs.get(key);
    if (known) return known;
    const program = await Program.compile(buildTraining(this.config, shape), this.threads);
    this.programs.set(key, program);
    return program;
  }
}

function checkFinite(outputs: Record<string, Float32Array>, micro: MicroBatch): void {
  const { groups } = micro.rows;
  checkLogprobs(outputs.logp as Float32Array, groups);
  for (const [name, values] of Object.entries(outputs)) {
    if (Number.isFinite(sum(values))) continue;
    const row =
      name === 'targetRows'
        ? values.findIndex((value) => !Number.isFinite(value)) / (values.length / groups.length)
        : -1;
    const members = [...new Set(groups)].sort((a, b) => a - b);
    throw notFinite(
      name.startsWith('gradient.') ? `gradient of ${name.slice('gradient.'.length)}` : 'gradient',
      row >= 0 ? `group ${groups[Math.floor(row)]}` : `group ${members.join(' or ')}`,
    );
  }
}
