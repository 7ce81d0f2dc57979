/**
 * @file A list of short texts that only grows, as UTF-8 in large blocks: an id takes its bytes and 10 more, where a string takes over 50.
 */

const blockSize = 2 ** 20;
/** Two bytes before each text say how long it is. */
const longest = 2 ** 16 - 1;

/** Texts numbered from 0; none is ever changed or removed. */
export class TextList {
  private readonly blocks: Buffer[] = [];
  /** Bytes of the last block that are taken. */
  private taken = blockSize;
  /** Place of each text: number of its block times the block size, plus its offset there. */
  private places = new Float64Array(2 ** 10);
  length = 0;

  /** A text of more than 64 KiB is cut. */
  push(text: string): void {
    const bytes = Buffer.from(text, 'utf8').subarray(0, longest);
    if (this.taken + 2 + bytes.length > blockSize) {
      this.blocks.push(Buffer.alloc(blockSize));
      this.taken = 0;
    }
    const block = this.blocks.at(-1);
    block?.writeUInt16LE(bytes.length, this.taken);
    block?.set(bytes, this.taken + 2);
    if (this.length === this.places.length) {
      const grown = new Float64Array(this.places.length * 2);
      grown.set(this.places);
      this.places = grown;
    }
    this.places[this.length++] = (this.blocks.length - 1) * blockSize + this.taken;
    this.taken += 2 + bytes.length;
  }

  at(index: number): string | undefined {
    const place = index < this.length ? this.places[index] : undefined;
    if (place === undefined) return undefined;
    const block = this.blocks[Math.floor(place / blockSize)];
    const from = (place % blockSize) + 2;
    return block?.toString('utf8', from, from + block.readUInt16LE(from - 2));
  }
}
