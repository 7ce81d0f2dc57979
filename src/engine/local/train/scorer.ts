/**
 * @file Log-probabilities of given tokens: the forward half of the trainer's graph. Parameters come with each call, so that
 * the policy and its frozen reference share the compiled graphs.
 */
import { EngineError } from '../../../errors.ts';
import type { ScoredGroup, TrajectoryGroup } from '../../engine.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { type HeadRows, packBatch } from './packing.ts';
import { HostScoring, type ParameterViews, type ScoringUnits } from './scoring-units.ts';
import { checkBatch, throwIfAborted } from './trainer.ts';
import type { PackingLimits } from './units.ts';

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

  async release(): Promise<void> {
    await this.units.release();
  }
}

function checkFinite(logp: Float32Array, { groups }: HeadRows): void {
  const row = logp.findIndex((value) => !Number.isFinite(value));
  if (row < 0) return;
  throw new EngineError(
    'not-finite',
    `logprobs: a log-probability is not finite in group ${groups[row]}.`,
    'Load a sound checkpoint.',
  );
}
