/**
 * @file The n-grams of the benchmarks: an open-addressing table in typed arrays over a pool of texts. A 64-bit polynomial hash
 * rolls over word numbers (no strings are built), and each hit is verified word by word. A word that no benchmark has is
 * number 0 and can be in no match: memory depends on the benchmarks alone, not on the corpus.
 */

/** All indexed texts end to end, as word numbers from 1, a 0 before, between and after them. */
export class Pool {
  private words = new Uint32Array(1 << 12);
  size = 1;

  /** @returns where the text begins. */
  add(numbers: Uint32Array): number {
    const base = this.size;
    if (base + numbers.length + 1 > this.words.length) {
      const words = new Uint32Array(Math.max(this.words.length * 2, base + numbers.length + 1));
      words.set(this.words);
      this.words = words;
    }
    this.words.set(numbers, base);
    this.size = base + numbers.length + 1;
    return base;
  }

  at(place: number): number {
    return this.words[place] ?? 0;
  }

  slice(start: number, end: number): Uint32Array {
    return this.words.subarray(start, end);
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
  private readonly pool: Pool;
  /** Place of a gram in the pool; 0 is empty. */
  private places = new Uint32Array(1 << 10);
  private highs = new Int32Array(1 << 10);
  private lows = new Int32Array(1 << 10);
  private count = 0;

  constructor(n: number, pool: Pool) {
    this.n = n;
    this.pool = pool;
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
    for (let i = 0; i < this.n; i++) if (this.pool.at(place + i) !== numbers[start + i]) return false;
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

  /** Indexes a text of the pool. The first text with a gram is the one that is found. */
  add(base: number, length: number): void {
    this.roll(this.pool.slice(base, base + length), (start, a, b) => {
      const slot = this.find(this.pool.slice(base, base + length), start, a, b);
      if (this.places[slot] !== 0) return;
      this.places[slot] = base + start;
      this.highs[slot] = a;
      this.lows[slot] = b;
      if (++this.count * 2 > this.places.length) this.grow();
    });
  }

  /** Calls `hit` for each gram of a text that is indexed: where it begins there, where in the pool, and its slot below `slots`. */
  match(numbers: Uint32Array, hit: (start: number, place: number, slot: number) => void): void {
    this.roll(numbers, (start, a, b) => {
      const slot = this.find(numbers, start, a, b);
      const place = this.places[slot] ?? 0;
      if (place !== 0) hit(start, place, slot);
    });
  }

  get slots(): number {
    return this.places.length;
  }

  /** The slot of the gram at a place of the pool; undefined where it is not indexed. */
  slotAt(place: number): number | undefined {
    const { n } = this;
    const gram = this.pool.slice(place, place + n);
    let a = 0;
    let b = 0;
    for (let i = 0; i < n; i++) {
      a = (Math.imul(a, bases[0]) + (gram[i] ?? 0)) | 0;
      b = (Math.imul(b, bases[1]) + (gram[i] ?? 0)) | 0;
    }
    const slot = this.find(gram, 0, a, b);
    return this.places[slot] === 0 ? undefined : slot;
  }

  /** Where the gram at a place of the pool first stands. */
  placeAt(place: number): number {
    const slot = this.slotAt(place);
    return slot === undefined ? place : (this.places[slot] ?? place);
  }
}
