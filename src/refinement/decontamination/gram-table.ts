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

  /** The word at a place; 0 beyond the end. */
  at(place: number): number {
    return this.words[place] ?? 0;
  }

  /** Words from `start` to before `end`, not copied. */
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
const mix = (a: number, b: number): number => {
  let h = a ^ Math.imul(b ^ (b >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 16), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
};

/** A set of grams of exactly `n` words, each known by where it first stands in the pool. */
export class GramTable {
  readonly n: number;
  private readonly drops: readonly [number, number];
  private readonly pool: Pool;
  /** Two numbers a slot, side by side so that a look-up costs one cache line: a gram's place in the pool (0 is empty), its mixed hash. */
  private entries = new Uint32Array(2 << 10);
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

  /** Calls `visit` for each gram of known words: where it begins, and its hash. */
  private roll(numbers: Uint32Array, visit: (start: number, hash: number) => void): void {
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
      if (known >= n) visit(i - n + 1, mix(a, b));
    }
  }

  private equals(place: number, numbers: Uint32Array, start: number): boolean {
    for (let i = 0; i < this.n; i++) if (this.pool.at(place + i) !== numbers[start + i]) return false;
    return true;
  }

  /** The slot of a gram, or the empty slot where it belongs. */
  private find(numbers: Uint32Array, start: number, hash: number): number {
    const { entries } = this;
    const mask = entries.length / 2 - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = entries[2 * slot] ?? 0;
      if (place === 0 || (entries[2 * slot + 1] === hash && this.equals(place, numbers, start))) return slot;
    }
  }

  private put(slot: number, place: number, hash: number): void {
    this.entries[2 * slot] = place;
    this.entries[2 * slot + 1] = hash;
  }

  private grow(): void {
    const old = this.entries;
    this.entries = new Uint32Array(old.length * 2);
    const mask = this.slots - 1;
    for (let i = 0; i < old.length; i += 2) {
      const [place, hash] = [old[i] ?? 0, old[i + 1] ?? 0];
      if (place === 0) continue;
      let slot = hash & mask;
      while (this.entries[2 * slot] !== 0) slot = (slot + 1) & mask;
      this.put(slot, place, hash);
    }
  }

  /** Indexes a text of the pool. The first text with a gram is the one that is found. */
  add(base: number, length: number): void {
    const numbers = this.pool.slice(base, base + length);
    this.roll(numbers, (start, hash) => {
      const slot = this.find(numbers, start, hash);
      if (this.placeIn(slot) !== 0) return;
      this.put(slot, base + start, hash);
      if (++this.count * 2 > this.slots) this.grow();
    });
  }

  /** Calls `hit` for each gram of a text that is indexed: where it begins there, where in the pool, and its slot below `slots`. */
  match(numbers: Uint32Array, hit: (start: number, place: number, slot: number) => void): void {
    this.roll(numbers, (start, hash) => {
      const slot = this.find(numbers, start, hash);
      const place = this.placeIn(slot);
      if (place !== 0) hit(start, place, slot);
    });
  }

  get slots(): number {
    return this.entries.length / 2;
  }

  private placeIn(slot: number): number {
    return this.entries[2 * slot] ?? 0;
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
    const slot = this.find(gram, 0, mix(a, b));
    return this.placeIn(slot) === 0 ? undefined : slot;
  }

  /** Where the gram at a place of the pool first stands. */
  placeAt(place: number): number {
    const slot = this.slotAt(place);
    return slot === undefined ? place : this.placeIn(slot);
  }
}
