/**
 * @file Gate g6: where in a long context the evidence stands, in tenths.
 */
const depthBins = 10;

/** Prompts of at least this many tokens take part, as the long rendering of dossiers does. */
export const depthFrom = 8192;

/** The tenth of the context, 0 to 9, that a depth (0 = start, 1 = end) lies in. */
export const tenthOf = (depth: number): number => Math.min(depthBins - 1, Math.floor(depth * depthBins));

/** g6 for the quickstart's long samples: no depth bin takes more than its even share plus one. */
export class DepthQuota {
  readonly counts: number[];
  private readonly most: number;

  constructor(samples: number) {
    this.counts = new Array<number>(depthBins).fill(0);
    this.most = Math.ceil(samples / depthBins) + 1;
  }

  /** Takes a place in the bin of this depth (0 = start, 1 = end), if one is left. */
  take(depth: number): boolean {
    const bin = tenthOf(depth);
    if ((this.counts[bin] ?? 0) >= this.most) return false;
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    return true;
  }
}
