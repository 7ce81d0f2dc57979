/** @file A response whose worth is known before it is scored: a right answer in another form, or a wrong one that comes near. */
import type { Random } from '../../random.ts';
import type { AuditItem } from '../item.ts';

export interface Variant {
  /** What was done to the gold: `bullets`, `adjacent number`. */
  readonly kind: string;
  readonly response: string;
  /** Of a wrong answer: the most that it may earn. Some are wrong in part, and earn less than 1. */
  readonly most?: number;
}

export interface VariantContext {
  readonly rng: Random;
  /** Golds of other samples of the generator, for names that are right elsewhere. */
  readonly others: readonly AuditItem[];
}

/** An answer text by kind: what stands behind the mark. */
export type Forms = Record<string, string | undefined>;

/** A wrong answer text, and the most that it may earn (0 when it is absent). */
export type Misses = Record<string, string | readonly [text: string | undefined, most: number] | undefined>;
