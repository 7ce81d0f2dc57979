/**
 * @file Cuts a document into units of about the same length, at ends of sentences.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';
import { type CountTokens, estimateTokens } from '../../tokens.ts';

/** A part of a document's text with its length in tokens. */
export interface Piece extends Span {
  readonly tokens: number;
}

interface Cuts {
  sentences?: readonly Piece[];
  /** By the length of a unit. */
  readonly units: Map<number, readonly Piece[]>;
}

/** By what counts, then by document: a build counts in one way, and asks for the same cuts again and again. */
const known = new WeakMap<CountTokens, WeakMap<Document, Cuts>>();

function cutsOf(document: Document, count: CountTokens): Cuts {
  const counted = known.get(count) ?? new WeakMap<Document, Cuts>();
  known.set(count, counted);
  const cuts = counted.get(document) ?? { units: new Map() };
  counted.set(document, cuts);
  return cuts;
}

function chineseSentences(text: string): Span[] {
  return [...text.matchAll(/[^\n。！？]+[。！？]*[”」』]*/g)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

/** Sentences with their lengths. */
export function sentencesOf(document: Document, count: CountTokens = estimateTokens): readonly Piece[] {
  const cuts = cutsOf(document, count);
  if (cuts.sentences !== undefined) return cuts.sentences;
  const { text, language } = document;
  const spans = language === 'zh' ? chineseSentences(text) : findSentences(text);
  cuts.sentences = spans.map((span) => ({ ...span, tokens: count(text.slice(span.start, span.end)) }));
  return cuts.sentences;
}

/** The first sentence of a span, which need not begin where one of its document does; empty where there is none. */
export function firstSentence({ text, language }: Document, { start, end }: Span): string {
  const body = text.slice(start, end);
  const [first] = language === 'zh' ? chineseSentences(body) : findSentences(body);
  return first === undefined ? '' : body.slice(first.start, first.end);
}

/** Runs of whole sentences of at least `tokens` tokens; a short rest joins the last one. */
export function cutUnits(document: Document, tokens: number, count: CountTokens = estimateTokens): readonly Piece[] {
  const { units } = cutsOf(document, count);
  const cut = units.get(tokens);
  if (cut !== undefined) return cut;
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (const { start, end, tokens: length } of sentencesOf(document, count)) {
    open = { start: open?.start ?? start, end, tokens: (open?.tokens ?? 0) + length };
    if (open.tokens < tokens) continue;
    pieces.push(open);
    open = undefined;
  }
  const last = pieces.at(-1);
  if (open !== undefined && last !== undefined && 2 * open.tokens < tokens)
    pieces[pieces.length - 1] = { start: last.start, end: open.end, tokens: last.tokens + open.tokens };
  else if (open !== undefined) pieces.push(open);
  units.set(tokens, pieces);
  return pieces;
}
