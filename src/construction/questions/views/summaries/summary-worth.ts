/**
 * @file Whether a summary can be written from what a prompt shows, and better than by copying the beginning: a greedy extract of the rest
 * must come closer to it than the rest's first words, its figures must stand there, and it must not be a copy.
 */
import type { Span } from '../../../../corpus/document.ts';
import { findSentences } from '../../../../corpus/structure/sentences.ts';
import { commonLength, Places } from '../../../../rewards/metrics/common-subsequence.ts';
import { summaryTokens } from '../../../../rewards/metrics/rouge-l.ts';
import type { Refusal } from '../../question.ts';
import { borneOut, leans } from './borne-out.ts';
import { without } from './own-summaries.ts';
import { scaledFigures } from './reckoned-figures.ts';

/** ROUGE-L by which the extract beats the lead. */
export const leastGain = 0.05;
/** Most of the reference's 8-grams that the rest may contain. */
const mostCopied = 0.6;
/** Sentences that the extract is chosen from, and how many it takes. */
const extract = { candidates: 24, picks: 6 };
const gram = 8;

function copied(reference: readonly string[], rest: string): number {
  const hay = ` ${rest} `;
  const grams = reference.slice(gram - 1).map((_, i) => ` ${reference.slice(i, i + gram).join(' ')} `);
  return grams.filter((one) => hay.includes(one)).length / Math.max(1, grams.length);
}

/** F of the longest common subsequence of texts with one reference. */
function likeness(reference: readonly string[]): (tokens: readonly string[]) => number {
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  const wanted = Int32Array.from(reference, numberOf);
  const places = new Places(numbers.size + 1);
  places.index(wanted);
  const other = numbers.size;
  return (tokens) => {
    const said = Int32Array.from(tokens, (word) => numbers.get(word) ?? other);
    return (2 * commonLength(said, places)) / Math.max(1, tokens.length + reference.length);
  };
}

interface Sentence extends Span {
  readonly tokens: readonly string[];
  readonly overlap: number;
}

/** The sentences that help most are added one by one, in the order of the text, until none helps. */
function bestExtract(
  candidates: readonly Sentence[],
  score: (tokens: readonly string[]) => number,
): { chosen: Sentence[]; best: number } {
  let chosen: Sentence[] = [];
  let best = 0;
  for (let pick = 0; pick < extract.picks; pick++) {
    const tries = candidates
      .filter((one) => !chosen.includes(one))
      .map((one) => [...chosen, one].sort((a, b) => a.start - b.start))
      .map((some) => ({ some, score: score(some.flatMap(({ tokens }) => tokens)) }));
    const winner = tries.reduce<(typeof tries)[number] | undefined>(
      (top, one) => (top === undefined || one.score > top.score ? one : top),
      undefined,
    );
    if (winner === undefined || winner.score <= best) break;
    best = winner.score;
    chosen = winner.some;
  }
  return { chosen, best };
}

/** Words with a capital that does not begin a sentence. */
const namesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?<=[\p{L},;] )\p{Lu}[\p{L}’'-]{2,}/gu)].map(([name]) => name)),
];

/** Pairs of Chinese signs that follow each other. */
const pairsOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair = '']) => pair)),
];

/** A sentence of Chinese of which the rest has fewer pairs of signs tells other things. */
const leastPairs = 0.55;

/** Whole sentences: in Chinese what stands between semicolons is a part of one. */
export const sentencesOf = (text: string): string[] =>
  /\p{Script=Han}/u.test(text)
    ? (text.match(/[^。！？\n]+[。！？]?[”』」）]?/gu) ?? []).map((one) => one.trim()).filter((one) => one !== '')
    : findSentences(text).map(({ start, end }) => text.slice(start, end).trim());

/** Long words that say nothing of the matter. */
const empty = new Set(
  'about after although because before between since their there these those though under until where which while would'.split(
    ' ',
  ),
);

/** Share of the longer words, without their endings, that a text in small letters has. */
function knownShare(reference: string, hay: string): number {
  const words = [...new Set(reference.toLowerCase().match(/\p{L}{5,}/gu) ?? [])].filter((word) => !empty.has(word));
  const known = words.filter((word) => hay.includes(word.slice(0, Math.max(5, word.length - 3))));
  return known.length / Math.max(1, words.length);
}

/** Longer words that are no verb and no adverb by their endings: what a sentence is about. */
const nounsOf = (sentence: string): string[] => [
  ...new Set(
    (sentence.toLowerCase().match(/\p{L}{5,}/gu) ?? []).filter(
      (word) => !/(?:ed|ing|ly)$/.test(word) && !empty.has(word),
    ),
  ),
];

/** What a summary calls the work itself, and what it says of numbers. */
const frame =
  /^(?:survey|study|paper|report|review|analysis|account|article|overview|majority|number|total|share|series|range|means|result|lack|need|part|kind|importance|absence|presence)s?$/;

/** Of so many nouns the author may have one that the rest has not. */
const nounsForOne = 4;

/**
 * Whether a text in small letters has what a sentence is about, in some form of the words: a claim of other things is made nowhere else. What is said
 * of a thing, as `treatment of ulcers`, has to be there in any case.
 */
const isTold = (sentence: string, hay: string): boolean => {
  if (/\p{Script=Han}/u.test(sentence)) return true;
  const nouns = nounsOf(sentence);
  const missing = nouns.filter((word) => !hay.includes(word.slice(0, Math.max(5, word.length - 3))));
  const heads = missing.filter((word) => !frame.test(word) && sentence.toLowerCase().includes(`${word} of `));
  return heads.length === 0 && missing.length <= Math.floor(nouns.length / nounsForOne);
};

/** Of the reference's rarest words, so many are looked up. */
const lookedUp = 12;

/** For the words and figures of the reference that the text has least often, the first sentence with each. */
function backing(kept: readonly Sentence[], reference: readonly string[]): Sentence[] {
  const counts = new Map<string, { count: number; first: Sentence }>();
  const wanted = new Set(reference.filter((word) => word.length > 4 || /^\d/.test(word)));
  for (const sentence of kept)
    for (const word of new Set(sentence.tokens))
      if (wanted.has(word)) {
        const known = counts.get(word);
        if (known === undefined) counts.set(word, { count: 1, first: sentence });
        else known.count++;
      }
  return [...counts]
    .sort(([a, m], [b, n]) => m.count - n.count || (a < b ? -1 : 1))
    .slice(0, lookedUp)
    .map(([, { first }]) => first);
}

/** Characters of a stretch of text that is read at once; a summary of more rests on so many of them at least. */
const stretch = { characters: 1500, least: 3 };

function isSpread(proof: readonly Span[], { start, end }: Span): boolean {
  const least = Math.min(stretch.least, Math.floor((end - start) / stretch.characters));
  return new Set(proof.map((span) => Math.floor(span.start / stretch.characters))).size >= least;
}

/** What a summary says of itself or of who writes it. */
const ofItself =
  /\b(?:this|the) (?:summary|abstract|overview|synopsis)\b|\b(?:I|my|me|myself)\b|本(?:摘要|提要|概要)|本人|各位|^(?:董事长|总经理|主席) |敬上/i;
/** Who writes to shareholders says what they did; the authors of a paper may. */
const toHolders = /\bshareholders\b|\bas chair\b|股东/i;
const weDid = /\b(?:we|our|us)\b|我们/i;
/** What stands over the parts of an abstract. */
const label =
  /^(?:background|objectives?|aims?|purpose|design|setting|methods?|results?|findings|conclusions?|interpretation|discussion)[.:]$/i;
/** Share of a summary that is left where sentences are dropped, at least: of less, a good summary would tell other things. */
const leastKept = 0.66;

/**
 * The sentences of a summary that the rest bears out: what the author tells there and nowhere else cannot be asked for. Empty where too little is
 * left.
 *
 * @param known Share of the longer words of a sentence that the rest has at least.
 */
export function backedWords(
  text: string,
  reference: string,
  { of, cuts, known = 0 }: { of: Span; cuts: readonly Span[]; known?: number },
): string {
  const shown = without(text, of, cuts);
  const hay = shown.toLowerCase();
  const borne = borneOut(shown, scaledFigures(shown));
  const isAddress = toHolders.test(reference);
  const isBacked = (sentence: string): boolean => {
    if ((isAddress && weDid.test(sentence)) || label.test(sentence) || ofItself.test(sentence)) return false;
    const pairs = pairsOf(sentence);
    return (
      pairs.filter((pair) => hay.includes(pair)).length >= leastPairs * pairs.length &&
      borne.by(sentence) &&
      namesOf(sentence).every((name) => shown.includes(name)) &&
      isTold(sentence, hay) &&
      (known === 0 || knownShare(sentence, hay) >= known)
    );
  };
  const all = sentencesOf(reference);
  const kept: string[] = [];
  let isLast = false;
  for (const sentence of all) {
    // What leans on a sentence that is left out, or on none, leans on nothing.
    isLast = isBacked(sentence) && (isLast || !leans(sentence));
    if (isLast) kept.push(sentence);
  }
  const words = kept.join(/\p{Script=Han}/u.test(reference) ? '' : ' ');
  return words.length < leastKept * reference.length ? '' : words;
}

/**
 * The sentences that an extract would take, in characters of `text`; or why the summary is none that can be asked for.
 *
 * @param of What it sums up, in characters of `text`.
 * @param cuts What the prompt leaves out.
 * @param known Share of its longer words that the rest has at least.
 */
export function worthOf(
  text: string,
  reference: string,
  { of, cuts, known = 0 }: { of: Span; cuts: readonly Span[]; known?: number },
): readonly Span[] | Refusal {
  const sentences = findSentences(text.slice(of.start, of.end))
    .map(({ start, end }) => ({ start: start + of.start, end: end + of.start }))
    .filter(({ start, end }) => cuts.every((cut) => end <= cut.start || start >= cut.end) && text[start] !== '#');
  const wanted = summaryTokens(reference);
  const rare = new Set(wanted.filter((word) => word.length > 3 || /\p{Script=Han}/u.test(word)));
  const kept = sentences.map(({ start, end }): Sentence => {
    const tokens = summaryTokens(text.slice(start, end));
    return { start, end, tokens, overlap: new Set(tokens.filter((word) => rare.has(word))).size };
  });
  const all = kept.flatMap(({ tokens }) => tokens);
  const rest = all.join(' ');
  if (copied(wanted, rest) > mostCopied) return 'the summary repeats sentences of the text';
  // What stands in a table is stated too.
  const shown = without(text, of, cuts);
  if (!borneOut(shown, scaledFigures(shown)).by(reference)) return 'the summary has figures that the rest lacks';
  if (namesOf(reference).some((name) => !shown.includes(name))) return 'the summary has names that the rest lacks';
  if (known > 0 && knownShare(reference, shown.toLowerCase()) < known)
    return 'the summary tells what the rest does not';
  const score = likeness(wanted);
  const candidates = kept
    .filter(({ overlap, tokens }) => overlap > 0 && tokens.length <= 2 * wanted.length)
    .sort((a, b) => b.overlap - a.overlap || a.start - b.start)
    .slice(0, extract.candidates);
  const { chosen, best } = bestExtract(candidates, score);
  if (best - score(all.slice(0, wanted.length)) < leastGain) return 'the first words of the text are as good a summary';
  const proof = [...new Set([...chosen, ...backing(kept, wanted)])].sort((a, b) => a.start - b.start);
  if (chosen.length < 2 || !isSpread(proof, of)) return 'one passage of the text sums it up';
  return proof.map(({ start, end }) => ({ start, end }));
}
