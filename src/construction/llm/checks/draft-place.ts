/** @file What a draft is written over and held against. */
import type { SubTask } from '../catalogue/sub-task.ts';
import type { ShownDocument } from '../shown-documents.ts';

/** A question that was asked of the documents before. */
export interface AskedBefore {
  readonly question: string;
  readonly key: string;
}

/** What a draft is written over. */
export interface DraftPlace {
  readonly subTask: SubTask;
  readonly shown: readonly ShownDocument[];
  /** Quotes that a draft may name by number. */
  readonly offered: readonly string[];
  readonly asked: readonly AskedBefore[];
}
