/** @file What the server says of evaluations of benchmarks: summary, samples, judge's words, two of them against each other. */
import type { Place } from './dataset-api.ts';

/** Mean score in [0, 1]. */
interface Estimate {
  readonly samples: number;
  readonly score: number;
}
type Estimates = Readonly<Record<string, Estimate>>;
type Interval = readonly [number, number];

/** What of a benchmark's summary is shown. */
export interface BenchmarkLine {
  readonly benchmark: string;
  readonly title: string;
  readonly items: number;
  readonly samples: number;
  readonly states: Readonly<Record<string, number>>;
  readonly coverage: number;
  readonly score: number | null;
  readonly ci95: Interval | null;
  readonly ruleScore: number | null;
  readonly judged: boolean;
  readonly kappa: number | null;
  readonly subsets: Estimates;
  readonly lengths: Estimates;
  readonly depths: Estimates;
  /** Length by depth: `8K-16K|40-60 %`. */
  readonly cells: Estimates;
  readonly truncatedPrompts: number;
}

/** Of an evaluation that has not ended: requests that were answered, of all; judges' are not counted. */
export interface AnswerProgress {
  readonly answered: number;
  readonly of: number;
}

export interface EvaluationDetail extends Place {
  /** Undefined once it has ended. */
  readonly progress?: AnswerProgress | undefined;
  readonly model: string;
  readonly status: string;
  readonly profile: string;
  readonly judge: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly benchmarks: readonly BenchmarkLine[];
  readonly longContextMean: { readonly score: number; readonly ci95: Interval } | null;
  /** Models with published figures for a benchmark of this evaluation. */
  readonly published: readonly string[];
  /** Other evaluations that are watched. */
  readonly others: readonly Place[];
}

/** A published figure of one model beside ours, in percent; ours is null where coverage allows no headline. */
export interface PublishedFigure {
  readonly benchmark: string;
  readonly published: number;
  readonly source: string;
  readonly ours: number | null;
  readonly difference: number | null;
  readonly ci95: Interval | null;
  readonly inside: boolean | null;
}
export type PublishedBeside = readonly PublishedFigure[];

/** A scored response in the list. */
export interface ScoredRow {
  readonly benchmark: string;
  readonly id: string;
  readonly repeat: number;
  readonly subset: string;
  readonly state: string;
  readonly score: number;
  /** What rules alone say, and the judge; null where none was asked. */
  readonly rule: number;
  readonly judge: boolean | null;
  readonly extracted: string;
  readonly characters: number;
  /** Position of the evidence, 0 to 1; null where unknown. */
  readonly depth: number | null;
  readonly question: string;
}

export interface ScoredPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly ScoredRow[];
}

export interface ScoredDetail {
  readonly row: Omit<ScoredRow, 'question'> & {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly answer?: { readonly reason: string } | undefined;
    readonly error?: { readonly code: string; readonly message: string } | undefined;
    readonly truncation?: { readonly original: number; readonly kept: number; readonly unit: string } | undefined;
  };
  readonly question: string;
  readonly gold: readonly string[];
  /** An excerpt of the context with the evidence in it. */
  readonly evidence:
    | { readonly depth: number; readonly before: string; readonly span: string; readonly after: string }
    | undefined;
  /** Undefined where the cache does not hold it. */
  readonly response: string | undefined;
  /** What a conversation came to, where that is not its last message. */
  readonly answer: string | undefined;
  /** Replies of the judge; empty where none was asked or nothing was kept. */
  readonly words: readonly string[];
}

/** Two means on the same items with the 95 % interval of their difference. */
export interface PairedMean {
  readonly before: number;
  readonly after: number;
  readonly ci95: readonly number[];
  readonly samples: number;
}

export interface EvaluationPair {
  readonly before: string;
  readonly after: string;
  readonly benchmarks: readonly {
    readonly benchmark: string;
    readonly change: PairedMean;
    readonly p: number;
    readonly significant: boolean;
    readonly better: number;
    readonly worse: number;
    readonly unpaired: number;
  }[];
  readonly mean: PairedMean;
  readonly flips: readonly {
    readonly benchmark: string;
    readonly id: string;
    readonly before: number;
    readonly after: number;
    readonly question: string;
  }[];
  readonly notes: readonly string[];
}
