/**
 * @file Log-probabilities of given tokens: the forward half of the trainer's graph. Parameters come with each call, so that
 * the policy and its frozen reference share the compiled graphs.
 */
import { EngineError, UsageError } from '../../../errors.ts';
import type { ScoredGroup, TopLogprobs, TrajectoryGroup } from '../../engine.ts';
import type { BatchShape } from '../graph/attention.ts';
import { Program } from '../graph/graph.ts';
import { buildScoring } from '../graph/model-graph.ts';
import { type RopeTables, ropeTables } from '../graph/rope-tables.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { LayeredPrograms } from './layered/programs.ts';
import { unitLogprobs, unitTop } from './layered/sequence-trainer.ts';
import { type HeadRows, type MicroBatch, packBatch } from './packing.ts';
import { checkBatch, throwIfAborted } from './trainer.ts';
import type { PackingLimits } from './units.ts';

/** Parameters by key, as the graph takes them. */
export type ParameterViews = Readonly<Record<string, Float32Array>>;

/** As the packing takes them: nothing of them is trained. */
const trajectoriesOf = (batch: readonly ScoredGroup[]): TrajectoryGroup[] =>
  batch.map(({ prompt, rollouts }) => ({
    prompt,
    rollouts: rollouts.map(({ tokens, targets = tokens }) => ({
      tokens,
      targets,
      logprobs: new Float32Array(targets.length),
      advantages: new Float32Array(targets.length),
    })),
  }));

/** Log-probabilities without gradients, under parameters of the caller's choice. */
export class Scorer {
  private readonly config: ModelConfig;
  private readonly limits: PackingLimits;
  private readonly threads: number;
  private readonly tables: RopeTables;
  private readonly programs = new Map<string, Program>();
  private readonly layeredPrograms: LayeredPrograms;

  constructor(options: { config: ModelConfig; limits: PackingLimits; threads: number }) {
    this.config = options.config;
    this.limits = options.limits;
    this.threads = options.threads;
    this.tables = ropeTables(options.config);
    this.layeredPrograms = new LayeredPrograms(options.config, options.threads);
  }

  /** [p][g][R]; the first token after an empty prompt has 0. @throws EngineError when a value is not finite, or aborted. */
  async logprobs(
    batch: readonly ScoredGroup[],
    parameters: ParameterViews,
    signal?: AbortSignal,
  ): Promise<Float32Array[][]> {
    const trajectories = trajectoriesOf(batch);
    checkBatch(trajectories, this.config);
    const out = batch.map(({ rollouts }) =>
      rollouts.map(({ tokens, targets = tokens }) => new Float32Array(targets.length)),
    );
    const byRollout = out.flat();
    const put = (logp: Float32Array, { slots, rolloutIds }: HeadRows) => {
      for (const [row, slot] of slots.entries()) {
        (byRollout[rolloutIds[row] as number] as Float32Array)[slot] = logp[row] as number;
      }
    };
    const { config, layeredPrograms } = this;
    const { packed, layered } = packBatch(trajectories, config, this.limits, true);
    for (const micro of packed) {
      await throwIfAborted(signal, 'logprobs');
      put((await this.run(micro, parameters)).logp as Float32Array, micro.rows);
    }
    layeredPrograms.signal = signal;
    for (const unit of layered) {
      const options = { config, parameters: { views: parameters }, programs: layeredPrograms };
      const { logp, rows } = await unitLogprobs(unit, options);
      put(logp, rows);
    }
    return out;
  }

  async release(): Promise<void> {
    for (const program of this.programs.values()) await program.release();
    this.programs.clear();
    await this.layeredPrograms.release();
  }

  /**
   * [n] the `count` most likely tokens at each position of each sequence, given the ones before it.
   *
   * @throws EngineError when a value is not finite, or aborted.
   */
  async top(
    sequences: readonly Int32Array[],
    count: number,
    parameters: ParameterViews,
    signal?: AbortSignal,
  ): Promise<TopLogprobs[]> {
    const { config, layeredPrograms } = this;
    if (!(Number.isInteger(count) && count > 0 && count <= config.vocabSize))
      throw new UsageError(
        'top-invalid',
        `count: got ${count}, expected a whole number from 1 to ${config.vocabSize}.`,
      );
    const batch = trajectoriesOf(sequences.map((tokens) => ({ prompt: new Int32Array(0), rollouts: [{ tokens }] })));
    checkBatch(batch, config);
    const out = sequences.map(
      ({ length }): TopLogprobs => ({
        count,
        tokens: new Int32Array(length * count),
        logprobs: new Float32Array(length * count).fill(Number.NaN),
      }),
    );
    const put = ({ topTokens, topLogprobs }: Record<string, Float32Array>, { slots, rolloutIds }: HeadRows) => {
      for (const [row, slot] of slots.entries()) {
        const part = [row * count, (row + 1) * count] as const;
        const of = out[rolloutIds[row] as number] as TopLogprobs;
        of.tokens.set(topTokens?.subarray(...part) ?? [], slot * count);
        of.logprobs.set(topLogprobs?.subarray(...part) ?? [], slot * count);
      }
    };
    const { packed, layered } = packBatch(batch, config, this.limits, true);
    for (const micro of packed) {
      await throwIfAborted(signal, 'logprobs');
      put(await this.run(micro, parameters, count), micro.rows);
    }
    layeredPrograms.signal = signal;
    for (const unit of layered) {
      const { rows, ...top } = await unitTop(unit, count, {
        config,
        parameters: { views: parameters },
        programs: layeredPrograms,
      });
      put(top, rows);
    }
    return out;
  }

  private async run(micro: MicroBatch, parameters: ParameterViews, top = 0): Promise<Record<string, Float32Array>> {
    const program = await this.program(micro.shape, top > 0);
    const outputs = await program.run({ ...micro.sizes, T: top }, { ...parameters, ...this.tables, ...micro.feeds });
    const row = outputs.logp?.findIndex((value) => !Number.isFinite(value)) ?? -1;
    if (row >= 0)
      throw new EngineError(
        'not-finite',
        `logprobs: a log-probability is not finite in group ${micro.rows.groups[row]}.`,
        'Load a sound checkpoint.',
      );
    return outputs;
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
