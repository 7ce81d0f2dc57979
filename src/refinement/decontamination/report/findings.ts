/**
 * @file What decontamination reports, whatever the rules: matches of a sample, and the counts of a run.
 */

import type { Excerpt } from '../excerpt.ts';
import type { Field } from '../heldout.ts';

/** What a sample shares with an item: its most informative run of this kind. */
export interface Match {
  /** Gram length; a whole short question has its own, a document 0. */
  readonly n: number;
  /** `text`: the sample as one text. */
  readonly field: Field | 'document' | 'text';
  readonly benchmark: string;
  readonly item: string;
  readonly benchmarkField: Field | 'document' | 'text';
  /** Words shared, and bits of their most informative gram; 0 for a document. */
  readonly words: number;
  /** What `words` and `n` count where it is not words. */
  readonly unit?: 'token';
  readonly bits: number;
  readonly sides: { readonly sample: Excerpt; readonly benchmark: Excerpt };
}

/** A sample that repeats a benchmark, by id. */
export interface Finding {
  readonly sample: string;
  /** One match for each n, field and benchmark text. */
  readonly matches: readonly Match[];
}

/** The counts of one run; `removed` are ids of samples. */
export interface BenchmarkReport {
  readonly samples: number;
  readonly benchmarkItems: number;
  /** Benchmark items that some sample repeats. */
  readonly repeatedItems: number;
  readonly removed: readonly string[];
  /** Samples found at each of the index's gram lengths; shorter strings and documents are under `short` and `document`. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly byField: Readonly<Record<string, number>>;
  /** Samples with a shared run that was no evidence: wording, or a quotation in a context. */
  readonly ignored: number;
  /** Examples of what was ignored, the most informative first. */
  readonly wording: readonly { readonly words: string; readonly bits: number; readonly samples: number }[];
}
