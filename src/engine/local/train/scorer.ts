/**
 * @file Log-probabilities of given tokens, and the most likely ones: the forward half of the trainer's graph. Parameters come with
 * each call, so that the policy and its frozen reference share the compiled graphs.
 */
import { EngineError, UsageError } from '../../../errors.ts';
import type { ScoredGroup, TopLogprobs, TrajectoryGroup } from '../../engine.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type HeadRows, packBatch } from './packing.ts';
import { HostScoring, type ParameterViews, type ScoringUnits, type TopRows } from './scoring-units.ts';
import { checkBatch, throwIfAborted } from './trainer.ts';
import type { PackingLimits } from './units.ts';

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
  private readonly units: ScoringUnits;

  /** @param options a device's `units`, or the threads of the processor. */
  constructor(
    options: { config: ModelConfig; limits: PackingLimits } & ({ threads: number } | { units: ScoringUnits }),
  ) {
    this.config = options.config;
    this.limits = options.limits;
    this.units = 'units' in options ? options.units : new HostScoring(options);
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
    const { packed, layered } = packBatch(trajectories, this.config, this.limits, true);
    for (const micro of packed) {
      await throwIfAborted(signal, 'logprobs');
      const logp = await this.units.packed(micro, parameters);
      checkFinite(logp, micro.rows);
      put(logp, micro.rows);
    }
    for (const unit of layered) {
      const { logp, rows } = await this.units.layered(unit, parameters, signal);
      put(logp, rows);
    }
    return out;
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
    const { config } = this;
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
    const put = ({ topTokens, topLogprobs }: TopRows, { slots, rolloutIds }: HeadRows) => {
      for (const [row, slot] of slots.entries()) {
        const part = [row * count, (row + 1) * count] as const;
        const of = out[rolloutIds[row] as number] as TopLogprobs;
        of.tokens.set(topTokens.subarray(...part), slot * count);
        of.logprobs.set(topLogprobs.subarray(...part), slot * count);
      }
    };
    const { packed, layered } = packBatch(batch, config, this.limits, true);
    for (const micro of packed) {
      await throwIfAborted(signal, 'logprobs');
      const top = await this.units.packedTop(micro, count, parameters);
      checkFinite(top.topLogprobs, micro.rows, count);
      put(top, micro.rows);
    }
    for (const unit of layered) {
      const { rows, ...top } = await this.units.layeredTop(unit, count, { parameters, signal });
      put(top, rows);
    }
    return out;
  }

  async release(): Promise<void> {
    await this.units.release();
  }
}

/** @param each values of a row */
function checkFinite(logp: Float32Array, { groups }: HeadRows, each = 1): void {
  const at = logp.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new EngineError(
    'not-finite',
    `logprobs: a log-probability is not finite in group ${groups[Math.floor(at / each)]}.`,
    'Load a sound checkpoint.',
  );
}
