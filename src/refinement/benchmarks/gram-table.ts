/**
 * @file The n-grams of the benchmarks: an open-addressing table in typed arrays. A 64-bit polynomial hash rolls over word
 * numbers (no strings are built), and each hit is verified word by word, so there are no false matches. A word that no benchmark
 * has is number 0 and can be in no match: memory depends on the benchmarks alone, not on the corpus.
 */

/** Numbers of the benchmarks' words, from 1. */
export class Vocabulary {
  private readonly numbers = new Map<string, number>();
  private readonly words: string[] = [''];

  add(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length;
    this.numbers.set(word, number);
    this.words.push(word);
    return number;
  }

  /** 0 for a word of no benchmark. */
  numberOf(word: string): number {
    return this.numbers.get(word) ?? 0;
  }

  word(number: number): string {
    return this.words[number] ?? '';
  }
}

/** Two odd multipliers: each half of the hash rolls modulo 2^32. */
const bases = [0x9e3779b1, 0x85ebca77] as const;

const power = (base: number, exponent: number): number => {
  let value = 1;
  for (let i = 0; i < exponent; i++) value = Math.imul(value, base);
  return value;
};

/** Mixes the halves, since the low bits of a polynomial modulo 2^32 are weak. */
const slotOf = (a: number, b: number): number => {
  let h = a ^ Math.imul(b ^ (b >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 16), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
};

export class GramTable {
  readonly n: number;
  private readonly drops: readonly [number, number];
  /** All indexed texts end to end, a 0 between two. */
  private pool = new Uint32Array(1 << 12);
  private poolSize = 1;
  /** Place of a gram in the pool; 0 is empty. */
  private places = new Uint32Array(1 << 10);
  private highs = new Int32Array(1 << 10);
  private lows = new Int32Array(1 << 10);
  private count = 0;

  constructor(n: number) {
    this.n = n;
    this.drops = [power(bases[0], n), power(bases[1], n)];
  }

  /** Distinct grams. */
  get size(): number {
    return this.count;
  }

  /** Calls `visit` for each gram of known words: where it begins, and the halves of its hash. */
  private roll(numbers: Uint32Array, visit: (start: number, a: number, b: number) => void): void {
    const { n } = this;
    let a = 0;
    let b = 0;
    let known = 0;
    for (let i = 0; i < numbers.length; i++) {
      const word = numbers[i] ?? 0;
      if (word === 0) {
        known = a = b = 0;
        continue;
      }
      a = (Math.imul(a, bases[0]) + word) | 0;
      b = (Math.imul(b, bases[1]) + word) | 0;
      if (++known > n) {
        const gone = numbers[i - n] ?? 0;
        a = (a - Math.imul(gone, this.drops[0])) | 0;
        b = (b - Math.imul(gone, this.drops[1])) | 0;
      }
      if (known >= n) visit(i - n + 1, a, b);
    }
  }

  private equals(place: number, numbers: Uint32Array, start: number): boolean {
    for (let i = 0; i < this.n; i++) if (this.pool[place + i] !== numbers[start + i]) return false;
    return true;
  }

  /** The slot of a gram, or the empty slot where it belongs. */
  private find(numbers: Uint32Array, start: number, a: number, b: number): number {
    const mask = this.places.length - 1;
    for (let slot = slotOf(a, b) & mask; ; slot = (slot + 1) & mask) {
      const place = this.places[slot] ?? 0;
      if (place === 0) return slot;
      if (this.highs[slot] === a && this.lows[slot] === b && this.equals(place, numbers, start)) return slot;
    }
  }

  private grow(): void {
    const { places, highs, lows } = this;
    this.places = new Uint32Array(places.length * 2);
    this.highs = new Int32Array(places.length * 2);
    this.lows = new Int32Array(places.length * 2);
    const mask = this.places.length - 1;
    for (const [old, place] of places.entries()) {
      if (place === 0) continue;
      const a = highs[old] ?? 0;
      const b = lows[old] ?? 0;
      let slot = slotOf(a, b) & mask;
      while (this.places[slot] !== 0) slot = (slot + 1) & mask;
      this.places[slot] = place;
      this.highs[slot] = a;
      this.lows[slot] = b;
    }
  }

  /** Indexes a text. @returns where it begins in the pool. */
  add(numbers: Uint32Array): number {
    const base = this.poolSize;
    if (base + numbers.length + 1 > this.pool.length) {
      const pool = new Uint32Array(Math.max(this.pool.length * 2, base + numbers.length + 1));
      pool.set(this.pool);
      this.pool = pool;
    }
    this.pool.set(numbers, base);
    this.poolSize = base + numbers.length + 1;
    this.roll(numbers, (start, a, b) => {
      const slot = this.find(numbers, start, a, b);
      if (this.places[slot] !== 0) return;
      this.places[slot] = base + start;
      this.highs[slot] = a;
      this.lows[slot] = b;
      if (++this.count * 2 > this.places.length) this.grow();
    });
    return base;
  }

  /** Calls `hit` for each gram of a text that is indexed: where it begins there and in the pool. */
  match(numbers: Uint32Array, hit: (start: number, place: number) => void): void {
    this.roll(numbers, (start, a, b) => {
      const place = this.places[this.find(numbers, start, a, b)] ?? 0;
      if (place !== 0) hit(start, place);
    });
  }
}
