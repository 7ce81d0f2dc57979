/** @file What a reference is. */
import type { Span } from '../../document.ts';

/** What a reference points to. */
export type ReferenceKind =
  | 'section'
  | 'chapter'
  | 'part'
  | 'article'
  | 'clause'
  | 'appendix'
  | 'table'
  | 'figure'
  | 'equation'
  | 'item'
  | 'note'
  | 'step'
  | 'document';

/** A mention of another place or document. */
export interface Reference {
  /** As it stands: `section 4.2`, `[12]`, `第五条`. */
  readonly label: string;
  readonly to: ReferenceKind;
  /** What it points to: a section, a table, an entry of the list of references, an item. */
  readonly target?: Span;
  readonly span: Span;
}

/** Characters at the head of a text, where its own number stands. */
export const ownHead = 500;
