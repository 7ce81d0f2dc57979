/** @file What the server says of evaluations of benchmarks: summary, samples, judge's words, two of them against each other. */

import type { Evidence } from '../../evaluation/benchmark.ts';
import type { AlignmentRow } from '../../evaluation/compare/alignment.ts';
import type { RunComparison } from '../../evaluation/compare/compare-runs.ts';
import type { SampleRow as ScoredSample } from '../../evaluation/run/score-samples.ts';
import type { BenchmarkSummary } from '../../evaluation/run/summary.ts';
import type { Place } from './dataset-api.ts';

export interface EvaluationDetail extends Place {
  readonly model: string;
  readonly status: string;
  readonly profile: string;
  readonly judge: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly benchmarks: readonly BenchmarkSummary[];
  readonly longContextMean: { readonly score: number; readonly ci95: readonly [number, number] } | null;
  /** Models with published figures for a benchmark of this evaluation. */
  readonly published: readonly string[];
  /** Other evaluations that are watched. */
  readonly others: readonly Place[];
}

/** Published figures of one model beside ours. */
export type PublishedBeside = readonly AlignmentRow[];

/** A scored response in the list. */
export interface ScoredRow
  extends Pick<
    ScoredSample,
    | 'benchmark'
    | 'id'
    | 'repeat'
    | 'subset'
    | 'state'
    | 'score'
    | 'rule'
    | 'judge'
    | 'extracted'
    | 'characters'
    | 'depth'
  > {
  readonly question: string;
}

export interface ScoredPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly ScoredRow[];
}

export interface ScoredDetail {
  readonly row: ScoredSample;
  readonly question: string;
  readonly gold: readonly string[];
  readonly evidence: Evidence | undefined;
  /** Undefined where the cache does not hold it. */
  readonly response: string | undefined;
  /** What a conversation came to, where that is not its last message. */
  readonly answer: string | undefined;
  /** Replies of the judge; empty where none was asked or nothing was kept. */
  readonly words: readonly string[];
}

/** One flip with its question. */
export type NamedFlip = RunComparison['flips'][number] & { readonly question: string };

export interface EvaluationPair extends Omit<RunComparison, 'flips'> {
  readonly flips: readonly NamedFlip[];
}
