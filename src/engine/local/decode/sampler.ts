/**
 * @file Choosing the next token from a distribution: greedy, or after top-k, top-p and min-p (in transformers' order), the inverse of the cumulative distribution, summed in
 * double precision, with one draw of the rollout's own random stream for each token.
 */
import { EngineError } from '../../../errors.ts';

/** How a request wants its tokens drawn. */
export interface SamplerOptions {
  /** 0 is greedy. */
  readonly temperature: number;
  /** Nucleus mass in (0, 1]. */
  readonly topP: number;
  /** The k most likely tokens alone; 0, the default, is all. */
  readonly topK?: number | undefined;
  /** Tokens of at least this share of the most likely one's probability, in [0, 1]; default 0. */
  readonly minP?: number | undefined;
}

/** The first of the largest. */
function argmax(p: Float32Array): number {
  let best = 0;
  for (let i = 1; i < p.length; i++) if ((p[i] as number) > (p[best] as number)) best = i;
  return best;
}

/** The first token where the cumulative mass exceeds `target`; the last possible one when rounding leaves less mass. */
function invert(p: Float32Array, target: number): number {
  let mass = 0;
  let last = 0;
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    if (value === 0) continue;
    mass += value;
    last = i;
    if (mass > target) return i;
  }
  return last;
}

/** The k-th largest value. */
function kthLargest(p: Float32Array, k: number): number {
  return k >= p.length ? 0 : (p.slice().sort()[p.length - k] as number);
}

/** Tokens by falling probability, ties by id, that top-k, then top-p of what is left, then min-p keep; at least one. */
function kept(p: Float32Array, { topP, topK = 0, minP = 0 }: SamplerOptions): { tokens: number[]; mass: number } {
  // A token less likely than (1 - topP) / V cannot be needed to reach topP: whole tails need no sorting.
  const floor = topK > 0 ? kthLargest(p, topK) : topP < 1 ? (1 - topP) / p.length : minP * (p[argmax(p)] as number);
  const candidates: number[] = [];
  for (let i = 0; i < p.length; i++) if ((p[i] as number) >= floor) candidates.push(i);
  candidates.sort((a, b) => (p[b] as number) - (p[a] as number) || a - b);
  if (topK > 0) candidates.length = Math.min(candidates.length, topK);
  const whole = topK > 0 ? candidates.reduce((sum, token) => sum + (p[token] as number), 0) : 1;
  const least = minP * (p[candidates[0] as number] as number);
  let mass = 0;
  let count = 0;
  while (count < candidates.length && (count === 0 || topP === 1 || mass < topP * whole)) {
    const value = p[candidates[count] as number] as number;
    if (value < least) break;
    mass += value;
    count++;
  }
  return { tokens: candidates.slice(0, count), mass };
}

/** Bits of the mantissa that the logarithm looks at: it is right to 2^-13. */
const mantissaBits = 12;
/** log(1 + m) in the middle of each interval of m. */
const mantissaLogs = Float64Array.from({ length: 1 << mantissaBits }, (_, i) =>
  Math.log(1 + (i + 0.5) / (1 << mantissaBits)),
);

/**
 * Entropy of a distribution in nats, right to 2e-4. Logarithms are read from a table by the bits of their numbers: `Math.log` takes fifteen times as
 * long, which for a small policy is a third of a step.
 */
export function entropyOf(p: Float32Array): number {
  const bits = new Uint32Array(p.buffer, p.byteOffset, p.length);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const word = bits[i] as number;
    // Of 0 and what is below the normal numbers p log p is 0.
    const log = ((word >>> 23) - 127) * Math.LN2 + (mantissaLogs[(word >>> (23 - mantissaBits)) & 0xfff] as number);
    sum -= (p[i] as number) * log;
  }
  return Math.max(0, sum);
}

/**
 * A token from `p` (the tempered distribution) and the uniform draw `u` in [0, 1).
 *
 * @throws EngineError when the distribution is not finite.
 */
export function chooseToken(p: Float32Array, u: number, options: SamplerOptions): number {
  if (Number.isNaN(p[0] as number)) {
    throw new EngineError(
      'not-finite',
      'sample: the model gives probabilities that are not numbers.',
      'Load a sound checkpoint.',
    );
  }
  if (options.temperature === 0) return argmax(p);
  if (options.topP < 1 || (options.topK ?? 0) > 0 || (options.minP ?? 0) > 0) {
    const { tokens, mass } = kept(p, options);
    let rest = u * mass;
    for (const token of tokens) {
      rest -= p[token] as number;
      if (rest < 0) return token;
    }
    return tokens.at(-1) as number;
  }
  return invert(p, u);
}
