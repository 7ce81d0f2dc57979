/** @file What a definition is: a term with what the text says it means, and where both stand. */
import type { Span } from '../../document.ts';
import { oneLine } from '../../structure/prose.ts';

/** A term with what the text says it means. */
export interface Definition {
  readonly term: string;
  readonly termSpan: Span;
  readonly meaning: string;
  readonly meaningSpan: Span;
  /** The sentence or the entry. */
  readonly span: Span;
}

/** The first words of what a term means, at the place where they begin. */
export interface Found {
  readonly term: string;
  /** Places in the sentence. */
  readonly at: number;
  readonly meaning: number;
  /** Where the meaning ends, if not with the sentence. */
  readonly end?: number;
}

/** Undefined where no words say what the term means. @param span The sentence or the entry. */
export function definitionAt(text: string, span: Span, { term, at, meaning, end }: Found): Definition | undefined {
  const meant = text.slice(span.start + meaning, end === undefined ? span.end : span.start + end).trimEnd();
  if (!/\p{L}{2}/u.test(meant) || at < 0) return undefined;
  const meaningStart = span.start + meaning;
  return {
    term: oneLine(term).replace(/[,，.]$/, ''),
    termSpan: { start: span.start + at, end: span.start + at + term.length },
    meaning: oneLine(meant).replace(/[;；.。]$/, ''),
    meaningSpan: { start: meaningStart, end: meaningStart + meant.length },
    span,
  };
}
