/**
 * @file Longest common subsequences of two sequences of symbols, 32 places at a time.
 * The bit-vector recurrence of Crochemore and others (2001), as Hyyrö (2004) states it: bit j of the row of a prefix of `a` is
 * 0 where the table of lengths rises from column j to j + 1. A new row is V = (V + (V & M)) | (V & ~M), M the places of the
 * symbol in `b`. Blocks without such a place and without a carry do not change and are skipped, so that rare symbols cost
 * next to nothing. Exact; n m / 32 steps at worst, where the table takes n m.
 */

/** Where each symbol stands in a sequence: for each symbol a chain of blocks, from left to right. Reused between sequences. */
export class Places {
  /** Blocks of the current sequence. */
  blocks = 0;
  length = 0;
  /** First link of each symbol's chain; -1 where the symbol does not occur. */
  private readonly head: Int32Array;
  private next = new Int32Array(64);
  private block = new Int32Array(64);
  private bits = new Int32Array(64);
  private current: Int32Array = new Int32Array(0);

  /** @param symbols All symbols are below this number. */
  constructor(symbols: number) {
    this.head = new Int32Array(symbols).fill(-1);
  }

  /** Takes the place of the sequence indexed before. */
  index(sequence: Int32Array): void {
    const { head } = this;
    for (const symbol of this.current) head[symbol] = -1;
    this.current = sequence;
    this.length = sequence.length;
    this.blocks = (sequence.length + 31) >>> 5;
    if (sequence.length > this.next.length) {
      const size = sequence.length * 2;
      this.next = new Int32Array(size);
      this.block = new Int32Array(size);
      this.bits = new Int32Array(size);
    }
    const { next, block, bits } = this;
    let links = 0;
    for (let at = sequence.length - 1; at >= 0; at--) {
      const symbol = sequence[at] as number;
      const first = head[symbol] as number;
      if (first >= 0 && block[first] === at >>> 5) bits[first] = (bits[first] as number) | (1 << (at & 31));
      else {
        next[links] = first;
        block[links] = at >>> 5;
        bits[links] = 1 << (at & 31);
        head[symbol] = links++;
      }
    }
  }

  has(symbol: number): boolean {
    return (this.head[symbol] as number) >= 0;
  }

  /** Turns the row that stands in `rows` from `start` on into the one with `symbol` appended. */
  advance(rows: Uint32Array, start: number, symbol: number): void {
    const { next, block, bits, blocks } = this;
    let link = this.head[symbol] as number;
    let at = link < 0 ? blocks : (block[link] as number);
    let carry = 0;
    while (at < blocks) {
      let match = 0;
      if (link >= 0 && block[link] === at) {
        match = bits[link] as number;
        link = next[link] as number;
      }
      const row = rows[start + at] as number;
      const sum = row + ((row & match) >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      rows[start + at] = (sum >>> 0) | (row & ~match);
      at = carry === 1 ? at + 1 : link < 0 ? blocks : (block[link] as number);
    }
  }
}

function zeros(row: Uint32Array, length: number): number {
  let count = 0;
  for (let at = 0; at < length; at++) if (((row[at >>> 5] as number) & (1 << (at & 31))) === 0) count++;
  return count;
}

/** Length of the longest common subsequence of `a` and the sequence that `places` indexes. */
export function commonLength(a: Int32Array, places: Places): number {
  const row = new Uint32Array(places.blocks).fill(0xffffffff);
  for (const symbol of a) places.advance(row, 0, symbol);
  return zeros(row, places.length);
}
