/**
 * @file Policy losses of a token, as a pure function from log-probabilities and advantage to loss and gradient.
 *
 * With r = exp(logp_now - logp_rollout), A the advantage and w the token's weight from the aggregation:
 * - `cross-entropy`:       -w A logp_now (the advantage is the token's weight)
 * - `importance-sampling`: -w A r
 * - `ppo` (PPO with separate clips as in DAPO, and dual clip): A > 0: -w min(r, 1 + high) A;
 *   A < 0: -w A min(max(r, 1 - low), c)
 * - `cispo` (MiniMax-M1): -w A stop(clip(r, 1 - low, 1 + high)) logp_now
 *
 * All gradients have one form, which the engine evaluates inside its graph so that one forward pass is enough:
 *   dL/dlogp_now = scale clip(r, floor, ceiling) if low <= r <= high, else 0,   scale = -w A.
 *
 * With `klCoefficient` beta each token's loss has w beta k on top, an estimate of KL(now || reference) (Schulman, "Approximating
 * KL divergence"). With d = logp_reference - logp_now, k and its derivative by logp_now are
 * - `k1`: -d                1           (the derivative knows nothing of the reference: its mean over samples is 0)
 * - `k2`: d^2 / 2           -d
 * - `k3`: exp(d) - d - 1    1 - exp(d)  (GRPO's)
 * so the graph adds constant + linear d + exponential exp(d).
 *
 * The rollout-ratio correction follows the paper's section on rollout and trainer mismatch: outside `ratioBounds` a token
 * is masked; one ratio under `ratioVeto` masks its whole rollout.
 */
import { UsageError, unknownValue } from '../errors.ts';
import { aggregations, klEstimators, type LossSpec, losses } from './engine.ts';

/** The gate of one token's gradient; see the file's header. */
export interface TokenGate {
  readonly low: number;
  readonly high: number;
  readonly floor: number;
  readonly ceiling: number;
}

/** Coefficients of the KL term's gradient; see the file's header. */
export interface KlTerms {
  readonly constant: number;
  readonly linear: number;
  readonly exponential: number;
}

/** Derivatives of the estimators by logp_now, in the form of the header. */
const klDerivatives: Readonly<Record<(typeof klEstimators)[number], KlTerms>> = {
  k1: { constant: 1, linear: 0, exponential: 0 },
  k2: { constant: 0, linear: -1, exponential: 0 },
  k3: { constant: 1, linear: 0, exponential: -1 },
};

/** The paper's clips, used where the loss spec has none. */
export const paperClips = { clipLow: 0.2, clipHigh: 0.28, dualClip: 3 } as const;

/** Log ratios beyond this are cut, so that a ratio is always finite. */
const largestLogRatio = 30;

/** exp(now - rollout) of two log-probabilities, between e^-30 and e^30. */
export const importanceRatio = (now: number, rollout: number): number =>
  Math.exp(Math.min(largestLogRatio, Math.max(-largestLogRatio, now - rollout)));

/** Whether the loss has a KL term. */
export const hasKl = ({ klCoefficient = 0 }: LossSpec): boolean => klCoefficient > 0;

/** The KL term of a token with this weight. */
export function klTerms(spec: LossSpec, weight: number): KlTerms {
  const { klCoefficient = 0, klEstimator = 'k3' } = spec;
  const { constant, linear, exponential } = klDerivatives[klEstimator];
  const scale = weight * klCoefficient;
  return { constant: scale * constant, linear: scale * linear, exponential: scale * exponential };
}

/** The estimate of KL(now || reference) from one token, without its weight. */
function klEstimate({ klEstimator = 'k3' }: LossSpec, now: number, reference: number): number {
  const ratio = importanceRatio(reference, now);
  const difference = Math.log(ratio);
  return { k1: -difference, k2: difference ** 2 / 2, k3: ratio - difference - 1 }[klEstimator];
}

const bounds = (spec: LossSpec): readonly [number, number] =>
  spec.type === 'cross-entropy' ? [0, Number.POSITIVE_INFINITY] : (spec.ratioBounds ?? [0, Number.POSITIVE_INFINITY]);

/** The gate of a token with this advantage. */
export function tokenGate(spec: LossSpec, advantage: number): TokenGate {
  const { clipLow = paperClips.clipLow, clipHigh = paperClips.clipHigh, dualClip = paperClips.dualClip } = spec;
  const [low, high] = bounds(spec);
  const infinity = Number.POSITIVE_INFINITY;
  switch (spec.type) {
    case 'cross-entropy':
      return { low, high, floor: 1, ceiling: 1 };
    case 'importance-sampling':
      return { low, high, floor: 0, ceiling: infinity };
    case 'ppo':
      return advantage > 0
        ? { low, high: Math.min(high, 1 + clipHigh), floor: 0, ceiling: infinity }
        : { low: Math.max(low, 1 - clipLow), high: Math.min(high, dualClip), floor: 0, ceiling: infinity };
    case 'cispo':
      return { low, high, floor: 1 - clipLow, ceiling: 1 + clipHigh };
  }
}

/** @throws UsageError for a loss, clip or normaliser that cannot be meant. */
export function checkLossSpec(spec: LossSpec): void {
  if (!losses.includes(spec.type)) throw unknownValue('loss.type', spec.type, losses);
  if (!aggregations.includes(spec.aggregation)) throw unknownValue('loss.aggregation', spec.aggregation, aggregations);
  const need = (ok: boolean, field: string, got: unknown, allowed: string) => {
    if (!ok) throw new UsageError('loss-invalid', `loss.${field}: got ${String(got)}, expected ${allowed}.`);
  };
  const { clipLow = 0, clipHigh = 0, dualClip = 2, normalizer, ratioBounds = [0, 1], ratioVeto = 0 } = spec;
  const { klCoefficient = 0, klEstimator = 'k3' } = spec;
  if (!klEstimators.includes(klEstimator)) throw unknownValue('loss.klEstimator', klEstimator, klEstimators);
  need(
    spec.type === 'cross-entropy' ? klCoefficient === 0 : klCoefficient >= 0 && Number.isFinite(klCoefficient),
    'klCoefficient',
    klCoefficient,
    spec.type === 'cross-entropy' ? '0 with "cross-entropy"' : 'a number of at least 0',
  );
  need(clipLow >= 0 && clipLow <= 1, 'clipLow', clipLow, 'a number from 0 to 1');
  need(clipHigh >= 0, 'clipHigh', clipHigh, 'a number of at least 0');
  need(dualClip > 1, 'dualClip', dualClip, 'a number above 1');
  need(ratioBounds[0] <= ratioBounds[1], 'ratioBounds', ratioBounds, 'low <= high');
  need(ratioVeto >= 0, 'ratioVeto', ratioVeto, 'a number of at least 0');
  if (spec.aggregation === 'constant') {
    need(normalizer !== undefined && normalizer > 0, 'normalizer', normalizer, 'a positive number with "constant"');
  }
}

/**
 * w of every token of each rollout.
 *
 * @param lengths completion tokens of each rollout in the whole batch.
 */
export function aggregationWeights(spec: LossSpec, lengths: readonly number[]): number[] {
  const tokens = lengths.reduce((a, b) => a + b, 0);
  switch (spec.aggregation) {
    case 'token-mean':
      return lengths.map(() => 1 / Math.max(1, tokens));
    case 'sequence-mean-token-mean': {
      const rollouts = lengths.filter((length) => length > 0).length;
      return lengths.map((length) => (length > 0 ? 1 / (rollouts * length) : 0));
    }
    case 'constant':
      return lengths.map(() => 1 / (spec.normalizer ?? 1));
  }
}

/** Tokens in any order; arrays of one length T. */
export interface LossTokens {
  /** log pi_now */
  readonly now: ArrayLike<number>;
  /** log pi_rollout */
  readonly rollout: ArrayLike<number>;
  readonly advantages: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  /** Which rollout a token belongs to, any numbering. */
  readonly rollouts: ArrayLike<number>;
  /** log pi_reference; needed with a KL term. */
  readonly reference?: ArrayLike<number> | undefined;
}

/** Loss and gradient of a batch of T tokens; `clipped` and `masked` count tokens. */
export interface LossResult {
  readonly loss: number;
  /** [T] dL/dlogp_now */
  readonly gradient: Float64Array;
  /** Tokens whose ratio was clipped by the loss. */
  readonly clipped: number;
  /** Tokens masked by ratioBounds or ratioVeto. */
  readonly masked: number;
  /** Sum over tokens of log pi_rollout - log pi_now; 0 for cross-entropy, which has no rollout policy. */
  readonly klSum: number;
  /** Sum over tokens of the estimate of KL(now || reference); 0 without a KL term. */
  readonly referenceKlSum: number;
  /** Rollouts with a ratio under ratioVeto. */
  readonly vetoed: ReadonlySet<number>;
}

function vetoedRollouts(spec: LossSpec, tokens: LossTokens): Set<number> {
  const vetoed = new Set<number>();
  if (spec.ratioVeto === undefined || spec.type === 'cross-entropy') return vetoed;
  for (let t = 0; t < tokens.now.length; t++) {
    const ratio = importanceRatio(tokens.now[t] as number, tokens.rollout[t] as number);
    if (ratio < spec.ratioVeto) vetoed.add(tokens.rollouts[t] as number);
  }
  return vetoed;
}

/** Loss of one unmasked token without its weight. */
function tokenLoss(spec: LossSpec, now: number, ratio: number, advantage: number): number {
  const { clipLow = paperClips.clipLow, clipHigh = paperClips.clipHigh, dualClip = paperClips.dualClip } = spec;
  switch (spec.type) {
    case 'cross-entropy':
      return -advantage * now;
    case 'importance-sampling':
      return -advantage * ratio;
    case 'ppo':
      return advantage > 0
        ? -advantage * Math.min(ratio, 1 + clipHigh)
        : -advantage * Math.min(Math.max(ratio, 1 - clipLow), dualClip);
    case 'cispo':
      return -advantage * Math.min(Math.max(ratio, 1 - clipLow), 1 + clipHigh) * now;
  }
}

/** Loss and gradient of a set of tokens. */
export function evaluateLoss(spec: LossSpec, tokens: LossTokens): LossResult {
  const count = tokens.now.length;
  const gradient = new Float64Array(count);
  const vetoed = vetoedRollouts(spec, tokens);
  const [lowest, highest] = bounds(spec);
  const result = { loss: 0, clipped: 0, masked: 0, klSum: 0, referenceKlSum: 0 };
  for (let t = 0; t < count; t++) {
    const now = tokens.now[t] as number;
    const rollout = spec.type === 'cross-entropy' ? now : (tokens.rollout[t] as number);
    const advantage = tokens.advantages[t] as number;
    const weight = tokens.weights[t] as number;
    const ratio = importanceRatio(now, rollout);
    result.klSum += rollout - now;
    if (hasKl(spec) && tokens.reference) {
      const reference = tokens.reference[t] as number;
      const { constant, linear, exponential } = klTerms(spec, weight);
      const estimate = klEstimate(spec, now, reference);
      result.referenceKlSum += estimate;
      result.loss += weight * (spec.klCoefficient ?? 0) * estimate;
      const toReference = importanceRatio(reference, now);
      gradient[t] = constant + linear * Math.log(toReference) + exponential * toReference;
    }
    if (ratio < lowest || ratio > highest || vetoed.has(tokens.rollouts[t] as number)) {
      result.masked++;
      continue;
    }
    result.loss += weight * tokenLoss(spec, now, ratio, advantage);
    const gate = tokenGate(spec, advantage);
    const factor = Math.min(Math.max(ratio, gate.floor), gate.ceiling);
    const open = ratio >= gate.low && ratio <= gate.high;
    if (!open || (spec.type === 'cispo' && factor !== ratio)) result.clipped++;
    if (open) (gradient[t] as number) -= weight * advantage * factor;
  }
  return { ...result, gradient, vetoed };
}
