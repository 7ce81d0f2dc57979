/** @file A summary by the author: its kind, its place and what it sums up. */
import type { Span } from '../../document.ts';

/** What an author sums up by. */
export type SummaryKind =
  | 'abstract'
  | 'argument'
  | 'executive summary'
  | 'summary'
  | 'key points'
  | 'highlights'
  | 'description';

/** A summary by the author. */
export interface Summary {
  readonly kind: SummaryKind;
  /** Its words. */
  readonly span: Span;
  /** What is to be cut out: the words with their heading or label. */
  readonly cut: Span;
  /** The part that it sums up; the text of it may hold the summary itself. */
  readonly of: Span;
}
