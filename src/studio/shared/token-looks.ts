/** @file What a trace says of each token: its probability, the ratio of trainer to sampler, and whether the loss clips or masks that. */
import type { TokenTrace } from '../../rollouts/token-trace.ts';

/** The bounds of the run's loss: ratios outside of 1 - low to 1 + high are clipped, outside of least to most masked. */
export interface RatioBounds {
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
}

export interface TokenLook {
  readonly piece: string;
  /** Under the sampler. */
  readonly probability: number;
  /** exp(trainer - sampler); undefined where the trainer's is not kept. */
  readonly ratio: number | undefined;
  /** Of the sampler's choice, in nats; undefined where it is not kept. */
  readonly entropy: number | undefined;
  readonly clipped: boolean;
  readonly masked: boolean;
}

/** In the order of the completion. */
export function tokenLooks(
  { pieces, sampler, trainer, entropy }: TokenTrace,
  { low, high, least, most }: RatioBounds,
): TokenLook[] {
  return pieces.map((piece, t) => {
    const own = (sampler[t] ?? 0) / 1000;
    const ratio = trainer === undefined ? undefined : Math.exp((trainer[t] ?? 0) / 1000 - own);
    return {
      piece,
      probability: Math.exp(own),
      ratio,
      entropy: entropy === undefined ? undefined : (entropy[t] ?? 0) / 1000,
      clipped: ratio !== undefined && (ratio < 1 - low || ratio > 1 + high),
      masked: ratio !== undefined && (ratio < least || ratio > most),
    };
  });
}
