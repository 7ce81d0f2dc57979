/**
 * @file The sentences of an answer with the place of the prompt that each most likely stands on: a passage that it quotes, else the passage that holds
 * most of its rarer words. The first is certain, the second a guess and shown as one.
 */
import { readEvidence } from './find-evidence.ts';
import type { Quote } from './find-quotes.ts';

/** A sentence, in characters of the answer (`from`, `to`) and of the prompt; without `start` where nothing there is like it. */
export interface SourcedSentence {
  readonly from: number;
  readonly to: number;
  readonly start?: number;
  readonly end?: number;
  /** Share of its rarer words that stand there; 1 for a quotation. */
  readonly share: number;
  readonly quoted: boolean;
}

/** Sentences that are sought; longer answers keep the rest without sources. */
const mostSentences = 200;
/** Less than this is chance. */
const leastLike = 0.6;

const sentences = /[^\n.!?。！？]+(?:[.!?](?=\d)[^\n.!?。！？]*)*[.!?。！？]*["'”’)]*/g;

/** @param question As for `readEvidence`. */
export function answerSentences(
  prompt: string,
  answer: string,
  quotes: readonly Quote[],
  question = '',
): SourcedSentence[] {
  const parts = [...answer.matchAll(sentences)]
    .map(({ 0: said, index }) => {
      const lead = said.length - said.trimStart().length;
      return { from: index + lead, to: index + said.trimEnd().length, text: said.trim().replace(/\s+/g, ' ') };
    })
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const bare = parts
    .slice(0, mostSentences)
    .filter(({ from, to }) => !quotes.some((quote) => quote.from < to && quote.to > from));
  const found = new Map(
    readEvidence(prompt, [...new Set(bare.map(({ text }) => text))].join('\n'), question).evidence.map((each) => [
      each.line,
      each,
    ]),
  );
  return parts.map(({ from, to, text }): SourcedSentence => {
    const quote = quotes.find((each) => each.from < to && each.to > from);
    if (quote !== undefined) return { from, to, start: quote.start, end: quote.end, share: 1, quoted: true };
    const like = found.get(text);
    if (like === undefined || like.share < leastLike || text.split(' ').length < 4)
      return { from, to, share: 0, quoted: false };
    return { from, to, start: like.start, end: like.end, share: like.share, quoted: like.exact };
  });
}
