/**
 * @file Loss and gradients of a batch: packs it, has each micro-batch computed in one graph of the whole model and units too large
 * for that by the layered pass (unit-trainer.ts), and accumulates.
 */
import { EngineError } from '../../../errors.ts';
import type { LossSpec, StepMetrics, TrajectoryGroup } from '../../engine.ts';
import { aggregationWeights, checkLossSpec, hasKl } from '../../losses.ts';
import type { ModelConfig } from '../weights/model-config.ts';
import { ExpertLoad } from './expert-load.ts';
import { HostUnits, type HostUnitsOptions } from './host-units.ts';
import { type HeadRows, packBatch } from './packing.ts';
import type { UnitLoss, UnitTrainer } from './unit-trainer.ts';
import type { PackingLimits } from './units.ts';

/** Adds gradients up; a batch that fails leaves them as they were. */
export class Trainer {
  private readonly config: ModelConfig;
  private readonly limits: PackingLimits;
  private readonly units: UnitTrainer;

  /** @param options a device's `units`, or what those of the processor take. */
  constructor(
    options: { readonly config: ModelConfig; readonly limits: PackingLimits } & (
      | HostUnitsOptions
      | { readonly units: UnitTrainer }
    ),
  ) {
    this.config = options.config;
    this.limits = options.limits;
    this.units = 'units' in options ? options.units : new HostUnits(options);
  }

  /**
   * Adds the gradient of the batch's loss to the accumulated gradients.
   *
   * @throws EngineError naming the group when the loss or a gradient is not finite, or when the signal aborts; gradients are
   * then as before the call.
   */
  async forwardBackward(batch: readonly TrajectoryGroup[], spec: LossSpec, signal?: AbortSignal): Promise<StepMetrics> {
    checkLossSpec(spec);
    checkBatch(batch, this.config, hasKl(spec));
    this.units.begin();
    try {
      const metrics = await this.accumulate(batch, spec, signal);
      await this.units.keep();
      return metrics;
    } catch (error) {
      this.units.drop();
      throw error;
    }
  }

  /** Forgets the accumulated gradients. */
  clear(): void {
    this.units.clear();
  }

  async release(): Promise<void> {
    await this.units.release();
  }

  private async accumulate(
    batch: readonly TrajectoryGroup[],
    spec: LossSpec,
    signal: AbortSignal | undefined,
  ): Promise<StepMetrics> {
    const lengths = batch.flatMap(({ prompt, rollouts }) =>
      rollouts.map(({ tokens }) => (prompt.length > 0 ? tokens.length : Math.max(0, tokens.length - 1))),
    );
    const weights = aggregationWeights(spec, lengths);
    const references = batch.flatMap(({ rollouts }) => rollouts.map(({ referenceLogprobs }) => referenceLogprobs));
    const total = { loss: 0, entropy: 0, clipped: 0, masked: 0, kl: 0, referenceKl: 0, rows: 0 };
    const load = new ExpertLoad(this.config);
    const count = ({ result, entropy }: UnitLoss, rows: HeadRows) => {
      total.loss += result.loss;
      total.clipped += result.clipped;
      total.masked += result.masked;
      total.kl += result.klSum;
      total.referenceKl += result.referenceKlSum;
      total.entropy += entropy;
      total.rows += rows.targets.length / rows.fan;
    };
    const { packed, layered } = packBatch(batch, this.config, this.limits, hasKl(spec));
    const piece = { spec, byRollout: { weights, references }, load };
    for (const micro of packed) {
      await throwIfAborted(signal, 'forwardBackward');
      count(await this.units.packed(micro, piece), micro.rows);
    }
    for (const unit of layered) {
      const { rows, ...loss } = await this.units.layered(unit, piece, signal);
      count(loss, rows);
    }
    const share = (value: number) => (total.rows === 0 ? 0 : value / total.rows);
    const { imbalance } = load;
    return {
      loss: total.loss,
      entropy: share(total.entropy),
      clipFraction: share(total.clipped),
      approximateKl: share(total.kl),
      maskedFraction: share(total.masked),
      tokens: lengths.reduce((a, b) => a + b, 0),
      ...(hasKl(spec) ? { referenceKl: share(total.referenceKl) } : {}),
      ...(imbalance === undefined ? {} : { expertImbalance: imbalance }),
    };
  }
}

/** Lets a message with an abort arrive, then throws if one did: runs of the graph leave the event loop no turn. */
export async function throwIfAborted(signal: AbortSignal | undefined, what: string): Promise<void> {
  if (!signal) return;
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new EngineError('aborted', `${what}: aborted; parameters and gradients are unchanged.`);
}

/** Refuses what would read or write out of bounds, naming the group. */
export function checkBatch(batch: readonly TrajectoryGroup[], config: ModelConfig, reference = false): void {
  const fail = (group: number, text: string): never => {
    throw new EngineError('batch-invalid', `forwardBackward: group ${group}: ${text}`);
  };
  const checkTokens = (group: number, tokens: Int32Array) => {
    for (const token of tokens) {
      if (token < 0 || token >= config.vocabSize)
        fail(group, `token ${token} is outside the vocabulary of ${config.vocabSize}.`);
    }
  };
  let fan: number | undefined;
  for (const [group, { prompt, rollouts }] of batch.entries()) {
    checkTokens(group, prompt);
    for (const { tokens, targets = tokens, logprobs, advantages, referenceLogprobs } of rollouts) {
      checkTokens(group, tokens);
      if (targets !== tokens) checkTokens(group, targets);
      if (tokens.length > 0) {
        fan ??= Math.max(1, Math.floor(targets.length / tokens.length));
        if (targets.length !== fan * tokens.length)
          fail(
            group,
            `got ${targets.length} targets of ${tokens.length} tokens, expected ${fan} of each in the batch.`,
          );
      }
      if (reference && referenceLogprobs?.length !== targets.length)
        fail(
          group,
          `got ${tokens.length} tokens and ${referenceLogprobs?.length ?? 'no'} reference logprobs; a KL term needs one of each token.`,
        );
      if (reference && !referenceLogprobs?.every(Number.isFinite)) fail(group, 'a reference logprob is not finite.');
      if (logprobs.length !== targets.length || advantages.length !== targets.length) {
        fail(
          group,
          `got ${targets.length} tokens, ${logprobs.length} logprobs and ${advantages.length} advantages, expected as many of each.`,
        );
      }
      if (prompt.length + tokens.length > config.maxContext)
        fail(group, `${prompt.length + tokens.length} tokens exceed the context of ${config.maxContext}.`);
      if (!advantages.every(Number.isFinite)) fail(group, 'an advantage is not finite.');
      if (!logprobs.every(Number.isFinite)) fail(group, 'a logprob is not finite.');
    }
  }
}
