/** @file A turn of a conversation, as a fact of a text. */
import type { Span } from '../document.ts';

/** What one speaker says at a time. */
export interface Turn {
  /** As the text writes it, without marks: `HAMLET`, `Ham`, `Mr. SMITH`. */
  readonly speaker: string;
  /** Who a label such as `Q` stands for, where the text says (`BY MR. SMITH:`). */
  readonly person?: string;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  /** Where the scene of a play is laid, as its heading says. */
  readonly place?: string;
  /** From the speaker's name to the end of what is said. */
  readonly span: Span;
  /** Where the speech begins. */
  readonly bodyStart: number;
  /** Parts of the span that the speaker does not say: stage directions, and what a mail quotes. */
  readonly directions?: readonly Span[];
}
