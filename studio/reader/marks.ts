/** @file All marks on a prompt: its proof, its gold, what might be mistaken for them, the passages that a completion quotes, what is searched for. */
import type { ProofPlace } from '../../src/studio/shared/dataset-api.ts';
import { answerSentences, type SourcedSentence } from '../../src/studio/shared/reading/answer-sentences.ts';
import { findAll } from '../../src/studio/shared/reading/find-all.ts';
import { type Distractor, findDistractors, wrongAnswers } from '../../src/studio/shared/reading/find-distractors.ts';
import { type Evidence, type NearPassage, readEvidence } from '../../src/studio/shared/reading/find-evidence.ts';
import { findQuotes, type Quote } from '../../src/studio/shared/reading/find-quotes.ts';
import type { Mark } from '../../src/studio/shared/reading/segments.ts';

/** What is known of a prompt beside its text. */
export interface ReadingFacts {
  readonly question: string;
  readonly rationale: string;
  readonly gold: readonly string[];
  /** Spans that the sample names; the rationale is sought for where there are none. */
  readonly proof?: readonly ProofPlace[];
  /** Wrong answers that were given. */
  readonly given?: readonly string[];
  /** Whose passages are sought in the prompt. */
  readonly completion: string;
  readonly search: string;
}

/** What was found, by kind. */
export interface ReadingMarks {
  readonly evidence: readonly Evidence[];
  readonly near: readonly NearPassage[];
  readonly distractors: readonly Distractor[];
  readonly gold: readonly Mark[];
  readonly quotes: readonly Quote[];
  readonly sentences: readonly SourcedSentence[];
  /** All of them, by their starts. */
  readonly all: readonly Mark[];
}

/** Before anything was sought. */
export const noMarks: ReadingMarks = {
  evidence: [],
  near: [],
  distractors: [],
  gold: [],
  quotes: [],
  sentences: [],
  all: [],
};

/** Places of one gold line that are marked. */
const mostGold = 60;
/** Shorter gold, a letter or a digit, stands everywhere. */
const shortestGold = 3;

export const evidenceId = (i: number): string => `evidence-${i}`;
export const proofId = (i: number): string => `proof-${i}`;
export const nearId = (i: number): string => `near-${i}`;
export const distractorId = (i: number): string => `distractor-${i}`;
export const sentenceId = (i: number): string => `sentence-${i}`;

function goldMarks(text: string, gold: readonly string[]): Mark[] {
  return gold.flatMap((line) => {
    if (line.length < shortestGold || line.length > 300) return [];
    const places = findAll(text, line, true).slice(0, mostGold);
    return places.map((place) => ({ ...place, kind: 'gold-mark', id: `gold-${place.start}` }));
  });
}

/** Places of words that a person seeks. */
export const foundMarks = (text: string, search: string): Mark[] =>
  findAll(text, search).map((place, i) => ({ ...place, kind: 'found', id: `found-${i}` }));

/** Finding costs a fraction of a second for a million characters; it is done after the text is shown. */
export function readingMarks(text: string, facts: ReadingFacts): ReadingMarks {
  const { question, rationale, proof = [], completion, search } = facts;
  const { evidence, near } = readEvidence(text, rationale, question);
  const isProof = (place: Pick<NearPassage, 'start' | 'end'>) =>
    proof.some(({ start, end }) => place.start < end && place.end > start);
  // What the sample names as its proof needs no second mark, and a guess beside it is no news.
  const guessed = proof.length > 0 ? evidence.filter((each) => each.exact && !isProof(each)) : evidence;
  const distractors = findDistractors(text, question, wrongAnswers(question, facts.gold, facts.given));
  const gold = goldMarks(text, facts.gold);
  const quotes = findQuotes(text, completion);
  const sentences = answerSentences(text, completion, quotes, question);
  const apart = near.filter((place) => !isProof(place));
  const sourced = sentences.flatMap(({ start, end = start, quoted }, i): Mark[] =>
    start === undefined || end === undefined
      ? []
      : [{ start, end, kind: quoted ? 'quote' : 'quote guessed', id: sentenceId(i) }],
  );
  const further = quotes.filter(({ start }) => !sentences.some((each) => each.quoted && each.start === start));
  const all = [
    ...proof.map(({ start, end }, i) => ({ start, end, kind: 'evidence', id: proofId(i) })),
    ...guessed.map(({ start, end, exact }, i) => ({
      start,
      end,
      kind: exact ? 'evidence' : 'evidence guessed',
      id: evidenceId(i),
    })),
    ...apart.map(({ start, end }, i) => ({ start, end, kind: 'near', id: nearId(i) })),
    ...distractors.map(({ start, end }, i) => ({ start, end, kind: 'distractor', id: distractorId(i) })),
    ...gold,
    ...sourced,
    ...further.map(({ start, end }) => ({ start, end, kind: 'quote', id: `quote-${start}` })),
    ...foundMarks(text, search),
  ].sort((a, b) => a.start - b.start);
  return { evidence: guessed, near: apart, distractors, gold, quotes, sentences, all };
}

/** The marks of each block, so that a block does not look at all of them. */
export function marksByBlock(
  marks: readonly Mark[],
  blockOf: (offset: number) => number,
): ReadonlyMap<number, readonly Mark[]> {
  const byBlock = new Map<number, Mark[]>();
  for (const mark of marks)
    for (let block = blockOf(mark.start); block <= blockOf(Math.max(mark.start, mark.end - 1)); block++) {
      const list = byBlock.get(block);
      if (list === undefined) byBlock.set(block, [mark]);
      else list.push(mark);
    }
  return byBlock;
}
