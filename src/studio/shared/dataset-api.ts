/** @file What the server says of datasets, their samples and the drafts behind them. Shapes stand here as the pages need them: they know no file system. */

import type { AuditReport } from '../../audit/report.ts';

/** A person's word on a sample, as `reviews.jsonl` keeps it. */
export interface Review {
  readonly sample: string;
  readonly verdict?: 'accept' | 'reject' | undefined;
  readonly note?: string | undefined;
  readonly at: string;
}

/** A review in one word; `open` where nobody said anything. */
export const verdictWord = (review: Review | undefined): string =>
  review === undefined ? 'open' : (review.verdict ?? 'note');

/** What of an audit is shown. */
export type AuditFindings = Pick<AuditReport, 'profile' | 'samples' | 'tried' | 'groups' | 'worst' | 'over'>;

/** What of a sample is shown. */
export interface SampleFacts {
  readonly id: string;
  readonly task: string;
  readonly prompt: string;
  readonly question: string;
  readonly rationale: string;
  readonly split: string;
  readonly tokens: number;
  readonly reward: { readonly metric: string; readonly gold: readonly string[]; readonly language: string };
  readonly provenance: {
    readonly generator: string;
    readonly generatorVersion: number;
    readonly seed: string;
    readonly subtask?: string | undefined;
    readonly needs?:
      | { readonly windows: number; readonly spread: number; readonly crackedBy: readonly string[] }
      | undefined;
    readonly evidence: readonly unknown[];
    readonly imported?:
      | {
          readonly dataset: string;
          readonly row: string;
          readonly changes: readonly string[];
          readonly flags?: readonly string[] | undefined;
        }
      | undefined;
    readonly llm?:
      | {
          readonly generation: { readonly model: string };
          readonly closedBook?: SolvedStage | undefined;
          readonly blind?: SolvedStage | undefined;
          readonly robustness?: SolvedStage | undefined;
          readonly rollouts: readonly (SolvedStage & { readonly stage: string })[];
          readonly difficulty?: string | undefined;
        }
      | undefined;
  };
}

/** Rewards of the rollouts of one check. */
interface SolvedStage {
  readonly model: string;
  readonly rewards: readonly number[];
}

/** A folder that is watched and is no run: dataset, evaluation or corpus. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** Of a build that goes on. `done` is undefined where it keeps no count. */
export interface BuildProgress {
  readonly done: number | undefined;
  readonly of: number;
}

/** All that is no run, newest first. */
export interface Places {
  readonly datasets: readonly (Place & {
    readonly samples: number | undefined;
    readonly reviewed: number;
    readonly building?: BuildProgress | undefined;
  })[];
  readonly evaluations: readonly (Place & {
    readonly model: string;
    readonly status: string;
    readonly benchmarks: readonly string[];
    readonly mean: number | undefined;
  })[];
  readonly corpora: readonly Place[];
}

/** One sample in the list. */
export interface SampleEntry {
  readonly row: number;
  readonly id: string;
  readonly task: string;
  readonly generator: string;
  readonly subtask: string;
  readonly split: string;
  readonly language: string;
  /** Of the prompt. */
  readonly tokens: number;
  readonly question: string;
  readonly gold: string;
  /** Works that its documents come from. */
  readonly sources: readonly string[];
  readonly licences: readonly string[];
  readonly documents: number;
  /** Windows of 512 tokens that hold the proof, and tokens from its first place to its last; undefined where nobody measured. */
  readonly windows: number | undefined;
  readonly spread: number | undefined;
  /** Solvers without understanding that earn half of it or more. */
  readonly crackedBy: readonly string[];
  readonly difficulty: string;
  readonly probe: boolean;
  /** Who wrote it, where a language model did. */
  readonly model: string;
  /** Stages that sent the draft back. */
  readonly repairs: number;
  readonly imported: string;
}

/** A row as the pages get it. */
export interface SampleRow extends SampleEntry {
  readonly review: Review | undefined;
}

/** How many samples of a selection bear a word, the most frequent first. */
export type Facet = readonly (readonly [word: string, samples: number])[];
/** Fields that are counted. */
export const facetNames = [
  'task',
  'generator',
  'length',
  'language',
  'split',
  'source',
  'cracked',
  'windows',
  'difficulty',
  'verdict',
] as const;

export interface SamplePage {
  readonly total: number;
  readonly of: number;
  readonly offset: number;
  readonly rows: readonly SampleRow[];
  readonly facets: Readonly<Record<(typeof facetNames)[number], Facet>>;
  /** Bytes that are read of those that are there. */
  readonly read: number;
  readonly toRead: number;
}

export interface DatasetDetail extends Place {
  readonly seed: number;
  readonly tokenizer: string;
  readonly samples: number;
  /** Whether reviews are written. */
  readonly review: boolean;
  readonly reviews: readonly Review[];
  readonly audit:
    | { readonly file: string; readonly report: AuditFindings /** Older than the dataset. */; readonly stale: boolean }
    | undefined;
  /** Why the audit's file cannot be read. */
  readonly auditProblem?: string;
  /** Of the build that goes on in this folder. */
  readonly building?: BuildProgress | undefined;
  readonly drafts: number;
}

/** A document of a prompt, where it stands. */
export interface PromptDocument {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  readonly start: number;
  readonly end: number;
  /** Passages of the proof in it. */
  readonly proof: number;
}

/** A passage of the proof in the prompt. */
export interface ProofPlace {
  readonly start: number;
  readonly end: number;
  readonly document: string;
}

/** What a judge said of one draft. */
export interface JudgeWords {
  readonly model: string;
  readonly verdict: Readonly<Record<string, boolean>>;
  /** The reply; undefined where the work directory is not there. */
  readonly words: string | undefined;
}

export interface SampleDetail {
  readonly sample: SampleFacts;
  readonly row: number;
  readonly review: Review | undefined;
  /** Undefined where the prompt's documents are not told apart by heads. */
  readonly documents: readonly PromptDocument[];
  readonly proof: readonly ProofPlace[];
  /** Of the proof's spans, those that were placed by what stands there. */
  readonly placed: number;
  readonly draft: DraftRow | undefined;
  readonly judges: readonly JudgeWords[];
  /** The writer's reply. */
  readonly written: string | undefined;
}

/** A draft of the LLM track in the list: a sample, or the stage that discarded it. */
export interface DraftRow {
  readonly index: number;
  readonly task: string;
  readonly subTask: string;
  readonly document: string;
  readonly sample: string | undefined;
  readonly stage: string | undefined;
  readonly why: string | undefined;
  readonly repairs: readonly { readonly stage: string; readonly why: string }[];
  readonly controls: readonly { readonly judge: string; readonly kind: string; readonly refused: boolean }[];
  readonly money: number;
  readonly requests: number;
}

/** The file that the drafts stand in, and all of them. */
export interface Drafts {
  readonly file: string | undefined;
  readonly rows: readonly DraftRow[];
}
