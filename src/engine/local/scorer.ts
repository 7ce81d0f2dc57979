/**
 * @file Log-probabilities of given tokens: the forward half of the trainer's graph. Parameters come with each call, so that
 * the policy and its frozen reference share the compiled graphs.
 */
import { EngineError } from '../../errors.ts';
import type { ScoredGroup, TrajectoryGroup } from '../engine.ts';
import type { BatchShape } from './attention.ts';
import { Program } from './graph.ts';
import type { ModelConfig } from './model-config.ts';
import { buildScoring } from './model-graph.ts';
import { type MicroBatch, packBatch } from './packing.ts';
import { type RopeTables, ropeTables } from './rope-tables.ts';
import { checkBatch, throwIfAborted } from './trainer.ts';
import type { PackingLimits } from './units.ts';

/** Parameters by key, as the graph takes them. */
export type ParameterViews = Readonly<Record<string, Float32Array>>;

export class Scorer {
  private readonly config: ModelConfig;
  private readonly limits: PackingLimits;
  private readonly threads: number;
  private readonly tables: RopeTables;
  private readonly programs = new Map<string, Program>();

  constructor(options: { config: ModelConfig; limits: PackingLimits; threads: number }) {
    this.config = options.config;
    this.limits = options.limits;
    this.threads = options.threads;
    this.tables = ropeTables(options.config);
  }

  /** [p][g][R]; the first token after an empty prompt has 0. @throws EngineError when a value is not finite, or aborted. */
  async logprobs(
    batch: readonly ScoredGroup[],
    parameters: ParameterViews,
    signal?: AbortSignal,
  ): Promise<Float32Array[][]> {
    const trajectories = batch.map(
      ({ prompt, rollouts }): TrajectoryGroup => ({
        prompt,
        rollouts: rollouts.map(({ tokens }) => ({
          tokens,
          logprobs: new Float32Array(tokens.length),
          advantages: new Float32Array(tokens.length),
        })),
      }),
    );
    checkBatch(trajectories, this.config);
    const out = batch.map(({ rollouts }) => rollouts.map(({ tokens }) => new Float32Array(tokens.length)));
    const byRollout = out.flat();
    for (const micro of packBatch(trajectories, this.config, this.limits, true)) {
      await throwIfAborted(signal, 'logprobs');
      const logp = await this.run(micro, parameters);
      for (const [row, slot] of micro.rows.slots.entries()) {
        (byRollout[micro.rows.rolloutIds[row] as number] as Float32Array)[slot] = logp[row] as number;
      }
    }
    return out;
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
  }

  private async run(micro: MicroBatch, parameters: ParameterViews): Promise<Float32Array> {
    const program = await this.program(micro.shape);
    const { logp } = await program.run(micro.sizes, { ...parameters, ...this.tables, ...micro.feeds });
    const row = logp?.findIndex((value) => !Number.isFinite(value)) ?? -1;
    if (row >= 0)
      throw new EngineError(
        'not-finite',
        `logprobs: a log-probability is not finite in group ${micro.rows.groups[row]}.`,
        'Load a sound checkpoint.',
      );
    return logp as Float32Array;
  }

  private async program(shape: BatchShape): Promise<Program> {
    const key = `${shape.kind} ${shape.chunks}`;
    const known = this.programs.get(key);
    if (known) return known;
    const program = await Program.compile(buildScoring(this.config, shape), this.threads);
    this.programs.set(key, program);
    return program;
  }
}
