/**
 * @file Cuts a document into units of about the same length, at ends of sentences.
 */
import type { Document, Span } from '../../corpus/document.ts';
import { countWords } from '../../corpus/make-document.ts';
import { findSentences } from '../../corpus/structure/sentences.ts';

/** Length of a text in words; of a Chinese one in characters over 1.35, so that tokens come to about one a character. */
export const lengthOf = (text: string, language: Document['language']): number =>
  language === 'zh' ? Math.ceil(text.replace(/\s/g, '').length / 1.35) : countWords(text);

interface Piece extends Span {
  readonly words: number;
}

const sentences = new WeakMap<Document, readonly Piece[]>();

function chineseSentences(text: string): Span[] {
  return [...text.matchAll(/[^\n。！？]+[。！？]*[”」』]*/g)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => text.slice(start, end).trim() !== '');
}

/** Sentences with their lengths. */
export function sentencesOf(document: Document): readonly Piece[] {
  const known = sentences.get(document);
  if (known !== undefined) return known;
  const { text, language } = document;
  const spans = language === 'zh' ? chineseSentences(text) : findSentences(text);
  const pieces = spans.map((span) => ({ ...span, words: lengthOf(text.slice(span.start, span.end), language) }));
  sentences.set(document, pieces);
  return pieces;
}

/** The first sentence of a span, which need not begin where one of its document does; empty where there is none. */
export function firstSentence({ text, language }: Document, { start, end }: Span): string {
  const body = text.slice(start, end);
  const [first] = language === 'zh' ? chineseSentences(body) : findSentences(body);
  return first === undefined ? '' : body.slice(first.start, first.end);
}

const cuts = new WeakMap<Document, Map<number, readonly Piece[]>>();

/** Runs of whole sentences of at least `words` words; a short rest joins the last one. */
export function cutUnits(document: Document, words: number): readonly Piece[] {
  const known = cuts.get(document)?.get(words);
  if (known !== undefined) return known;
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (const { start, end, words: length } of sentencesOf(document)) {
    open = { start: open?.start ?? start, end, words: (open?.words ?? 0) + length };
    if (open.words < words) continue;
    pieces.push(open);
    open = undefined;
  }
  const last = pieces.at(-1);
  if (open !== undefined && last !== undefined && 2 * open.words < words)
    pieces[pieces.length - 1] = { start: last.start, end: open.end, words: last.words + open.words };
  else if (open !== undefined) pieces.push(open);
  cuts.set(document, (cuts.get(document) ?? new Map()).set(words, pieces));
  return pieces;
}
