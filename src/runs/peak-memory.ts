/** @file What a run has held in memory at most. */
import { enginePeakBytes } from '../engine/local/local-engine.ts';

/** Megabytes of this process and of its embedded engine's, each at its peak: what both together stayed below. */
export const peakMemoryMb = (): number =>
  Math.round((process.resourceUsage().maxRSS * 1024 + enginePeakBytes()) / 2 ** 20);
