/** @file A turn of a conversation, as a fact of a text. */
import type { Span } from '../document.ts';

/** What one speaker says at a time. */
export interface Turn {
  /** As the text writes it, without marks: `HAMLET`, `Ham`, `Mr. SMITH`. */
  readonly speaker: string;
  /** Who a label such as `Q` or `A` stands for, where the text says (`BY MR. SMITH:`, `JOHN LEE, having been sworn`). */
  readonly person?: string;
  /** What a speaker's sign stands for, where the text says (`KM = Katya Morozova`); before the speech the sign is printed. */
  readonly fullName?: string;
  /** As the text states it, e.g. `12:03`. */
  readonly time: string | undefined;
  /** Where the scene of a play is laid, as its heading says. */
  readonly place?: string;
  /** From the speaker's name to the end of what is said. */
  readonly span: Span;
  /** Where the speech begins. */
  readonly bodyStart: number;
  /** Stage directions within the span, brackets included; nobody says them. */
  readonly directions?: readonly Span[];
  /** Other parts of the span that the speaker does not say: numbers of pages and lines, lines that a mail quotes. */
  readonly interruptions?: readonly Span[];
}
