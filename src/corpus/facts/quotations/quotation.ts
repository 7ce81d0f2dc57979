/** @file What a quotation is. */
import type { Span } from '../../document.ts';

/** Words of another person in the text. */
export interface Quotation {
  /**
   * As the text has it: the name beside the words, or what somebody is (`my father`); where a pronoun stands there, the one person whom it
   * can mean. Undefined where nobody is told with confidence.
   */
  readonly speaker?: string;
  readonly speakerSpan?: Span;
  /** The words without their marks. */
  readonly span: Span;
}
