/** @file What the pages ask, of a server or of the files of a bundle. */
import type {
  ElsewhereRun,
  EvaluationComparison,
  GroupDetail,
  RolloutPage,
  RunDetail,
  RunSummary,
} from '../../src/studio/shared/api.ts';
import type {
  DatasetDetail,
  Drafts,
  Place,
  Places,
  SampleDetail,
  SamplePage,
} from '../../src/studio/shared/dataset-api.ts';
import type { DocumentDetail, DocumentList } from '../../src/studio/shared/document-api.ts';
import type {
  EvaluationDetail,
  EvaluationPair,
  PublishedBeside,
  ScoredDetail,
  ScoredPage,
} from '../../src/studio/shared/evaluation-api.ts';

/** What the table asks for. */
export interface PageAsk {
  readonly q: string;
  readonly sort: string;
  readonly offset: number;
  readonly limit: number;
}

/** What is wrong, in words, with what to do. */
export class AnswerError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** What a person is told of a failure; `otherwise` where it has no words for one. */
export const answerErrorOf = (error: unknown, otherwise = 'The server does not answer.'): AnswerError =>
  error instanceof AnswerError ? error : new AnswerError(otherwise);

/** A person's word on a sample; neither takes it back. */
export interface ReviewWord {
  readonly verdict: 'accept' | 'reject' | null;
  readonly note: string;
}

/** What only a server has: datasets, evaluations, documents. */
export interface PlacesSource {
  places(): Promise<Places>;
  dataset(id: string): Promise<DatasetDetail>;
  samples(id: string, ask: PageAsk, signal?: AbortSignal): Promise<SamplePage>;
  sample(id: string, sample: string): Promise<SampleDetail>;
  drafts(id: string): Promise<Drafts>;
  review(id: string, sample: string, word: ReviewWord): Promise<void>;
  /** The datasets that hold a sample. */
  datasetsOf(sample: string): Promise<Place[]>;
  evaluation(id: string): Promise<EvaluationDetail>;
  published(id: string, model: string): Promise<PublishedBeside>;
  scored(id: string, ask: Readonly<Record<string, string | number>>, signal?: AbortSignal): Promise<ScoredPage>;
  scoredSample(id: string, ask: Readonly<Record<string, string | number>>): Promise<ScoredDetail>;
  against(id: string, other: string): Promise<EvaluationPair>;
  documents(id: string): Promise<DocumentList>;
  document(id: string, row: number): Promise<DocumentDetail>;
}

/** Where pages get their data: this server, or the files of a bundle. */
export interface Source {
  /** Whether there is anything to wait for. */
  readonly live: boolean;
  /** What a bundle leaves out, in words. */
  readonly notes: readonly string[];
  /** The address that a bundle opens with; undefined where there is a list of runs. */
  readonly home: string | undefined;
  /** Undefined in a bundle of a run. */
  readonly places: PlacesSource | undefined;
  runs(): Promise<RunSummary[]>;
  run(id: string): Promise<RunDetail>;
  rollouts(id: string, ask: PageAsk, signal?: AbortSignal): Promise<RolloutPage>;
  exported(id: string, q: string, sort: string): Promise<Blob>;
  group(id: string, step: number, line: number): Promise<GroupDetail>;
  prompt(id: string, hash: string): Promise<string>;
  /** The other runs that drew a sample. */
  elsewhere(id: string, sample: string): Promise<ElsewhereRun[]>;
  compare(a: EvaluationSide, b: EvaluationSide): Promise<EvaluationComparison>;
}

/** An evaluation of a run. */
export interface EvaluationSide {
  readonly run: string;
  readonly evaluation: string;
}
