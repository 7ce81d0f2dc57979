/** @file What computes log-probabilities of the pieces of a batch: on the processor, or on a device. */
import type { BatchShape } from '../graph/attention.ts';
import { Program } from '../graph/graph.ts';
import { buildScoring } from '../graph/model-graph.ts';
import { ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { LayeredPrograms } from './layered/programs.ts';
import { unitLogprobs, unitTop } from './layered/sequence-trainer.ts';
import type { HeadRows, MicroBatch } from './packing.ts';
import type { Unit } from './units.ts';

/** Parameters by key, as the graph takes them. */
export type ParameterViews = Readonly<Record<string, Float32Array>>;

/** The T most likely tokens of each row, the likeliest first, and their log-probabilities: [rows, T] each. */
export interface TopRows {
  readonly topTokens: Float32Array;
  readonly topLogprobs: Float32Array;
}

/** Parameters come with each call. */
export interface ScoringUnits {
  packed(micro: MicroBatch, parameters: ParameterViews): Promise<Float32Array>;
  layered(
    unit: Unit,
    parameters: ParameterViews,
    signal: AbortSignal | undefined,
  ): Promise<{ logp: Float32Array; rows: HeadRows }>;
  packedTop(micro: MicroBatch, count: number, parameters: ParameterViews): Promise<TopRows>;
  layeredTop(
    unit: Unit,
    count: number,
    options: { readonly parameters: ParameterViews; readonly signal: AbortSignal | undefined },
  ): Promise<TopRows & { rows: HeadRows }>;
  release(): Promise<void>;
}

/** The policy and its frozen reference share the compiled graphs. */
export class HostScoring implements ScoringUnits {
  private readonly config: ModelConfig;
  private readonly threads: number;
  private readonly programs = new Map<string, Program>();
  private readonly layeredPrograms: LayeredPrograms;

  constructor({ config, threads }: { config: ModelConfig; threads: number }) {
    this.config = config;
    this.threads = threads;
    this.layeredPrograms = new LayeredPrograms(config, threads);
  }

  async packed(micro: MicroBatch, parameters: ParameterViews): Promise<Float32Array> {
    return (await this.run(micro, parameters)).logp as Float32Array;
  }

  async packedTop(micro: MicroBatch, count: number, parameters: ParameterViews): Promise<TopRows> {
    const { topTokens, topLogprobs } = await this.run(micro, parameters, count);
    return { topTokens: topTokens as Float32Array, topLogprobs: topLogprobs as Float32Array };
  }

  layered(
    unit: Unit,
    parameters: ParameterViews,
    signal: AbortSignal | undefined,
  ): Promise<{ logp: Float32Array; rows: HeadRows }> {
    const { config, layeredPrograms: programs } = this;
    programs.signal = signal;
    return unitLogprobs(unit, { config, parameters: { views: parameters }, programs });
  }

  layeredTop(
    unit: Unit,
    count: number,
    { parameters, signal }: { parameters: ParameterViews; signal: AbortSignal | undefined },
  ): Promise<TopRows & { rows: HeadRows }> {
    const { config, layeredPrograms: programs } = this;
    programs.signal = signal;
    return unitTop(unit, count, { config, parameters: { views: parameters }, programs });
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    await this.layeredPrograms.release();
  }

  private async run(micro: MicroBatch, parameters: ParameterViews, top = 0): Promise<Record<string, Float32Array>> {
    const program = await this.program(micro.shape, top > 0);
    const feeds = { ...parameters, ...ropeTables(this.config), ...micro.feeds };
    return program.run({ ...micro.sizes, T: top }, feeds);
  }

  private async program(shape: BatchShape, top: boolean): Promise<Program> {
    const key = `${shape.kind} ${shape.chunks} ${top}`;
    const known = this.programs.get(key);
    if (known) return known;
    const program = await Program.compile(buildScoring(this.config, shape, { top }), this.threads);
    this.programs.set(key, program);
    return program;
  }
}
