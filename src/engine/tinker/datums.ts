/**
 * @file From groups and a loss to the datums of a server. The loss is stated once (LossSpec); here it becomes what a server
 * that sums over tokens, or takes means over sequences, must be sent to get the same gradient:
 *
 * With w_i the token weight of rollout i by the aggregation (token-mean: 1 / T), A_t the advantage, R_i the predicted tokens of the
 * rollout and C the datums of the step:
 * - sum (hosted, SkyRL-Train, golongrl):  A'_t = A_t w_i
 * - sequence-mean (SkyRL-JAX), objective 1/C sum_i (sum_t l_t / R_i) with weights 1 on the response:  A'_t = A_t w_i R_i C
 * The losses are homogeneous in A, so the scaling is exact.
 *
 * Alignment: a sequence of n tokens has N = n - 1 positions; position i reads token i and predicts token i + 1.
 */
import type { LossSpec, TrajectoryGroup } from '../engine.ts';
import { aggregationWeights, paperClips } from '../losses.ts';
import type { EngineProfile } from './profile.ts';
import type { Datum } from './wire.ts';

/** A rollout laid out over the N positions of its sequence. */
export interface Sequence {
  /** [N] read, and [N] predicted. */
  readonly tokens: Int32Array;
  readonly targets: Int32Array;
  /** First position that predicts a token of the response. */
  readonly start: number;
  /** [N - start] */
  readonly logprobs: Float32Array;
  readonly advantages: Float32Array;
  /** w of each token. */
  readonly weight: number;
}

/** The sequences of a batch, in order; rollouts without a predicted token are undefined. */
export function layOut(batch: readonly TrajectoryGroup[], loss: LossSpec): (Sequence | undefined)[] {
  const lengths = batch.flatMap(({ prompt, rollouts }) =>
    rollouts.map(({ tokens }) => (prompt.length > 0 ? tokens.length : Math.max(0, tokens.length - 1))),
  );
  const weights = aggregationWeights(loss, lengths);
  let next = 0;
  return batch.flatMap(({ prompt, rollouts }) =>
    rollouts.map(({ tokens, logprobs, advantages }) => {
      const index = next++;
      const length = lengths[index] ?? 0;
      if (length === 0) return undefined;
      const whole = new Int32Array(prompt.length + tokens.length);
      whole.set(prompt);
      whole.set(tokens, prompt.length);
      // Without a prompt the first token is context.
      const skipped = tokens.length - length;
      return {
        tokens: whole.subarray(0, -1),
        targets: whole.subarray(1),
        start: whole.length - 1 - length,
        logprobs: logprobs.subarray(skipped),
        advantages: advantages.subarray(skipped),
        weight: weights[index] ?? 0,
      };
    }),
  );
}

/** Values of the response's positions, after zeros for the prompt's. */
function padded({ tokens, start }: Sequence, values: ArrayLike<number>): Float32Array {
  const out = new Float32Array(tokens.length);
  out.set(values, start);
  return out;
}

/** A datum that asks for log-probabilities alone. */
export const forwardDatum = (sequence: Sequence): Datum => ({
  tokens: sequence.tokens,
  inputs: {
    target_tokens: sequence.targets,
    weights: padded(sequence, new Float32Array(sequence.advantages.length).fill(1)),
  },
});

/** What the scaling of advantages depends on. */
export interface TrainOptions {
  readonly loss: LossSpec;
  readonly profile: EngineProfile;
  /** C: datums until the optimizer step. */
  readonly count: number;
}

/**
 * A datum that trains. `gradient[t]` is false where the ratio correction or the dual clip leaves a token none; `now` are its
 * log-probabilities under the policy, for a cross-entropy that the server cannot weigh.
 */
export function trainDatum(
  sequence: Sequence,
  { loss, profile, count }: TrainOptions,
  known?: { readonly now: Float32Array; readonly gradient: readonly boolean[] },
): Datum {
  const { tokens, targets, advantages, weight } = sequence;
  const mean = profile.lossNormalization === 'sequence-mean';
  const scale = weight * (mean ? advantages.length * count : 1);
  const scaled = advantages.map((value, t) => (known && known.gradient[t] === false ? 0 : value * scale));
  const target = { target_tokens: targets };
  if (loss.type === 'cross-entropy' && !mean)
    return { tokens, inputs: { ...target, weights: padded(sequence, scaled) } };
  const old = loss.type === 'cross-entropy' ? (known?.now ?? sequence.logprobs) : sequence.logprobs;
  return {
    tokens,
    inputs: {
      ...target,
      logprobs: padded(sequence, old),
      advantages: padded(sequence, scaled),
      ...(profile.acceptsWeights ? { weights: padded(sequence, new Float32Array(advantages.length).fill(1)) } : {}),
    },
  };
}

/** The server's name of a loss and its configuration. Thresholds are absolute ratios: 0.2 and 0.28 become 0.8 and 1.28. */
export function serverLoss(loss: LossSpec, profile: EngineProfile): { name: string; config: Record<string, number> } {
  const { type, clipLow = paperClips.clipLow, clipHigh = paperClips.clipHigh } = loss;
  const mean = profile.lossNormalization === 'sequence-mean';
  // A server that divides by the sum of the weights cannot weigh tokens; with the ratio at 1, both have the same gradient.
  if (type === 'cross-entropy') return { name: mean ? 'importance_sampling' : 'cross_entropy', config: {} };
  if (type === 'importance-sampling') return { name: 'importance_sampling', config: {} };
  const config = { clip_low_threshold: 1 - clipLow, clip_high_threshold: 1 + clipHigh };
  return { name: type, config: profile.acceptsClip ? config : {} };
}
