/** @file Where each block of a text begins, in pixels: estimated until it was laid out once. */

/** Heights and their running sums; sums are made anew from the first block whose height changed. */
export class BlockHeights {
  private readonly heights: Float32Array;
  private readonly tops: Float64Array;
  private readonly measured: Uint8Array;
  private sound = 0;

  /** @param estimate Pixels of a block that nobody has laid out. */
  constructor(count: number, estimate: (index: number) => number) {
    this.heights = Float32Array.from({ length: count }, (_, i) => estimate(i));
    this.tops = new Float64Array(count + 1);
    this.measured = new Uint8Array(count);
  }

  get count(): number {
    return this.heights.length;
  }

  isMeasured(index: number): boolean {
    return this.measured[index] === 1;
  }

  /** Of the top of a block; of the end of all for the number of blocks. */
  top(index: number): number {
    for (let i = this.sound; i < index; i++) this.tops[i + 1] = (this.tops[i] ?? 0) + (this.heights[i] ?? 0);
    this.sound = Math.max(this.sound, index);
    return this.tops[index] ?? 0;
  }

  get total(): number {
    return this.top(this.count);
  }

  /** @returns whether it differs from what was known */
  set(index: number, height: number): boolean {
    this.measured[index] = 1;
    if (Math.abs((this.heights[index] ?? 0) - height) < 0.5) return false;
    this.heights[index] = height;
    this.sound = Math.min(this.sound, index);
    return true;
  }

  /** The block that holds a pixel. */
  at(pixel: number): number {
    this.top(this.count);
    let [low, high] = [0, Math.max(0, this.count - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tops[middle] ?? 0) <= pixel) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
