/**
 * @file The only source of randomness: a seeded generator that is passed in, never global.
 * Streams derive from labels, as in `random(seed, 'rollout', step, prompt, sample)`, so that adding a draw in one place
 * does not shift the draws of another. The generator is sfc32 (128 bits of state, passes PractRand), seeded through
 * two rounds of a 32-bit string hash (cyrb128's construction); its state is four integers and serialises to JSON.
 */

/** The four 32-bit words of a generator's state. */
export type RandomState = readonly [number, number, number, number];

/** Mixes labels into 128 bits. Numbers and strings may be mixed freely; order matters. */
function hashLabels(labels: readonly (string | number)[]): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  const text = labels.map((label) => `${typeof label}:${label}`).join('\u0000');
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}

/** A generator that is seeded and passed in; every draw moves its state. `random(...labels)` makes one. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(state: RandomState) {
    [this.a, this.b, this.c, this.d] = state;
  }

  /** Serialisable state; `new Random(r.state())` continues exactly where `r` stands. */
  state(): RandomState {
    return [this.a, this.b, this.c, this.d];
  }

  /** A uniform 32-bit unsigned integer. */
  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number {
    return this.uint32() / 4294967296;
  }

  /** A uniform integer in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One item, uniformly. @throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Random.pick: the list is empty');
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }

  /** `count` distinct items in random order; all of them if there are fewer. */
  sample<T>(items: readonly T[], count: number): T[] {
    return this.shuffle(items).slice(0, count);
  }
}

/**
 * A generator for one purpose, derived from labels.
 *
 * @example const rng = random(runSeed, 'rollout', step, promptIndex, sampleIndex);
 */
export function random(...labels: readonly (string | number)[]): Random {
  const rng = new Random(hashLabels(labels));
  for (let i = 0; i < 12; i++) rng.uint32();
  return rng;
}
