/**
 * @file T9 in long contexts (ROUGE-L): the overview that people wrote of a country's economy or background is cut out of its
 * profile, and the rest of the profile is to be summarised in its place.
 *
 * An overview serves only when the rest of the document lets one write it: the best sentences of the rest (a greedy
 * extractive oracle) must beat the first words of the document by 0.05 ROUGE-L, and it must not be a copy of the rest.
 */
import type { Document, Span } from '../../../corpus/document.ts';
import { countWords } from '../../../corpus/make-document.ts';
import { findSentences } from '../../../corpus/structure/sentences.ts';
import { scoreResponse } from '../../../rewards/index.ts';
import type { Generator } from '../../generator.ts';
import { withoutSpan } from '../../render.ts';
import { evidenceOf } from '../dossier.ts';

/** The lines that hold a human-written overview, and what each is an overview of. */
const overviews = [
  { label: 'Economy - overview', about: 'the economy' },
  { label: 'Background', about: 'the background' },
] as const;

/** Words of a reference. */
const wordRange = { least: 40, most: 300 };
/** A document is at least this many times as long as its summary. */
const compression = 10;
/** ROUGE-L by which the oracle beats the lead. */
const leastGain = 0.05;
/** Most of the reference's 8-grams that the rest of the document may contain. */
const mostCopied = 0.6;
/** Sentences that the oracle chooses from, and how many it takes. */
const oracle = { candidates: 24, picks: 6 };

interface Overview {
  readonly about: string;
  readonly span: Span;
  readonly reference: string;
}

const fold = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function rougeL(reference: string, text: string): number {
  return scoreResponse(
    { metric: 'Summary', gold: [reference], language: 'en' },
    `</think>\n[Answer]\n${text}`,
    'hardened',
  ).score;
}

/** Share of the reference's 8-grams that the rest contains. */
function copied(reference: string, rest: string): number {
  const words = fold(reference);
  const hay = ` ${fold(rest).join(' ')} `;
  const grams = words.slice(7).map((_, i) => ` ${words.slice(i, i + 8).join(' ')} `);
  return grams.length === 0 ? 0 : grams.filter((gram) => hay.includes(gram)).length / grams.length;
}

/** ROUGE-L of the best extract found greedily: the sentence that helps most is added, in document order, until none helps. */
function oracleScore(reference: string, rest: string): number {
  const wanted = new Set(fold(reference).filter((word) => word.length > 3));
  const sentences = findSentences(rest)
    .map((span) => ({ start: span.start, text: rest.slice(span.start, span.end) }))
    .map((sentence) => ({ ...sentence, overlap: new Set(fold(sentence.text).filter((word) => wanted.has(word))).size }))
    .sort((a, b) => b.overlap - a.overlap || a.start - b.start)
    .slice(0, oracle.candidates);
  let chosen: typeof sentences = [];
  let best = 0;
  for (let pick = 0; pick < oracle.picks; pick++) {
    const tries = sentences
      .filter((sentence) => !chosen.includes(sentence))
      .map((sentence) => [...chosen, sentence].sort((a, b) => a.start - b.start))
      .map((extract) => ({ extract, score: rougeL(reference, extract.map((sentence) => sentence.text).join(' ')) }));
    const winner = tries.sort((a, b) => b.score - a.score)[0];
    if (winner === undefined || winner.score <= best) break;
    best = winner.score;
    chosen = winner.extract;
  }
  return best;
}

function serves(document: Document, span: Span): boolean {
  const reference = document.text.slice(span.start, span.end);
  const words = countWords(reference);
  if (words < wordRange.least || words > wordRange.most) return false;
  const rest = withoutSpan(document.text, span);
  if (countWords(rest) < compression * words || copied(reference, rest) > mostCopied) return false;
  const lead = rest.split(/\s+/).slice(0, words).join(' ');
  return oracleScore(reference, rest) - rougeL(reference, lead) >= leastGain;
}

const known = new WeakMap<Document, readonly Overview[]>();

/** The overviews of a document that pass; computed once a document. */
export function overviewsOf(document: Document): readonly Overview[] {
  const cached = known.get(document);
  if (cached !== undefined) return cached;
  const found = overviews.flatMap(({ label, about }): Overview[] => {
    const mark = `\n${label}: `;
    const at = document.text.indexOf(mark);
    if (at < 0) return [];
    const start = at + mark.length;
    const end = document.text.indexOf('\n', start);
    const span = { start, end: end < 0 ? document.text.length : end };
    return serves(document, span) ? [{ about, span, reference: document.text.slice(span.start, span.end) }] : [];
  });
  known.set(document, found);
  return found;
}

/** Asks for the overview that was cut out of a profile; gold: that overview, one paragraph. */
export const overviewSummary: Generator = {
  id: 'overview-summary',
  version: 1,
  task: 'T9',
  propose(dossier, rng) {
    // In random order until one passes: judging every overview of a large dossier would cost seconds.
    const record = rng.shuffle(dossier.records).find(({ document }) => overviewsOf(document).length > 0);
    if (record === undefined) return undefined;
    const overview = rng.pick(overviewsOf(record.document));
    const { about, span, reference } = overview;
    const words = Math.round(countWords(reference) / 10) * 10;
    const cut = { document: record.document.id, span };
    return {
      task: 'T9',
      question: `Write an overview of ${about} of ${record.key} in one paragraph of about ${words} words.`,
      gold: [reference],
      rationale: `The profile of ${record.key}, without its own overview of ${about}.`,
      primaryDocument: record.document.id,
      evidence: [cut, ...evidenceOf(record, record.category)],
      cuts: [cut],
    };
  },
};
