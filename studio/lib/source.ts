/** @file What the pages ask, of a server or of the files of a bundle. */
import type {
  EvaluationComparison,
  GroupDetail,
  MetricLine,
  RolloutPage,
  RunDetail,
  RunSummary,
} from '../../src/studio/shared/api.ts';

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

/** Where pages get their data: this server, or the files of a bundle. */
export interface Source {
  /** Whether there is anything to wait for. */
  readonly live: boolean;
  runs(): Promise<RunSummary[]>;
  run(id: string): Promise<RunDetail>;
  later(
    id: string,
    after: number,
  ): Promise<{ metrics: MetricLine[]; timings: MetricLine[]; status: RunSummary['status'] }>;
  rollouts(id: string, ask: PageAsk, signal?: AbortSignal): Promise<RolloutPage>;
  exported(id: string, q: string, sort: string): Promise<Blob>;
  group(id: string, step: number, line: number): Promise<GroupDetail>;
  prompt(id: string, hash: string): Promise<string>;
  compare(a: EvaluationSide, b: EvaluationSide): Promise<EvaluationComparison>;
}

/** An evaluation of a run. */
export interface EvaluationSide {
  readonly run: string;
  readonly evaluation: string;
}
