/**
 * @file Where in a prompt the evidence of its sample stands. A sample keeps its evidence as a reader would quote it (`rationale`), a passage a line.
 * A line that stands in the prompt word by word is found as it is; else the sentence or line that holds most of its words is meant, rare words
 * counting more, if it holds half of them or more. That is a good guess and no proof, and is shown as such.
 */
import { beforeQuestion } from './before-question.ts';
import { type PlacedWord, wordsOf } from './words.ts';

/** One passage. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  /** The line of the rationale. */
  readonly line: string;
  /** Whether the words stand there in this order. */
  readonly exact: boolean;
  /** Share of the line's words, weighted by rarity, that the passage holds. */
  readonly share: number;
}

/** Sentences shorter than this go with the next one of their line: `Chapter 123. The Musket. 1193 words.` is one statement. */
const fewestWords = 10;
/** Of the words of a line, by weight, that a passage must hold to be meant, or to be like it. */
const leastShare = 0.5;
/** Passages of one line that are looked at. */
const mostLikely = 6;
/** Passages like the evidence that are told. */
const mostNear = 24;
/** Lines of fewer words are like everything. */
const fewestSought = 4;

/** Sentences and lines, as ranges of words. */
function unitsOf(text: string, words: readonly PlacedWord[]): (readonly [first: number, end: number])[] {
  const units: [number, number][] = [];
  let first = 0;
  for (let i = 1; i <= words.length; i++) {
    const [before, word] = [words[i - 1], words[i]];
    const between = before === undefined ? '' : text.slice(before.end, word?.start ?? text.length);
    const sentence = /[.!?]["'”’)]*\s|[。！？]/.test(between) && i - first >= fewestWords;
    if (word !== undefined && !between.includes('\n') && !sentence) continue;
    units.push([first, i]);
    first = i;
  }
  return units;
}

function exactPlace(words: readonly PlacedWord[], sought: readonly string[]): readonly [number, number] | undefined {
  if (sought.length === 0) return undefined;
  for (let i = 0; i + sought.length <= words.length; i++) {
    if (words[i]?.word !== sought[0]) continue;
    if (sought.every((word, k) => words[i + k]?.word === word)) return [i, i + sought.length];
  }
  return undefined;
}

interface Prepared {
  readonly words: readonly PlacedWord[];
  readonly units: readonly (readonly [number, number])[];
  /** Units that hold a word. */
  readonly unitsWith: ReadonlyMap<string, readonly number[]>;
}

function prepare(text: string, end: number, wanted: ReadonlySet<string>): Prepared {
  const words = wordsOf(text, 0, end);
  const units = unitsOf(text, words);
  const unitsWith = new Map<string, number[]>();
  for (const [unit, [first, last]] of units.entries())
    for (let i = first; i < last; i++) {
      const word = words[i]?.word ?? '';
      if (!wanted.has(word)) continue;
      const list = unitsWith.get(word);
      if (list === undefined) unitsWith.set(word, [unit]);
      else if (list.at(-1) !== unit) list.push(unit);
    }
  return { words, units, unitsWith };
}

interface Scored {
  readonly unit: number;
  readonly share: number;
}

/** Units that hold words of a line, by the share of their weight; the fullest first. */
function likeliest({ units, unitsWith }: Prepared, sought: ReadonlySet<string>): Scored[] {
  const weight = (word: string) => Math.log(1 + units.length / (unitsWith.get(word)?.length ?? 1));
  const scores = new Map<number, number>();
  let total = 0;
  for (const word of sought) {
    total += weight(word);
    for (const unit of unitsWith.get(word) ?? []) scores.set(unit, (scores.get(unit) ?? 0) + weight(word));
  }
  const found: Scored[] = [];
  for (const [unit, score] of scores) if (score / total >= leastShare) found.push({ unit, share: score / total });
  return found.sort((a, b) => b.share - a.share || a.unit - b.unit).slice(0, mostLikely);
}

/** A sentence that says nearly what the evidence says, and is not it: what a reader mistakes for it. */
export type NearPassage = Pick<Evidence, 'start' | 'end' | 'line' | 'share'>;

/**
 * The evidence, and what is like it.
 *
 * @param question Is left out of the search: it stands at the end of the prompt and shares its words with the evidence.
 */
export function readEvidence(
  text: string,
  rationale: string,
  question = '',
): { readonly evidence: readonly Evidence[]; readonly near: readonly NearPassage[] } {
  const lines = rationale.split('\n').filter((line) => line.trim() !== '');
  const wordsByLine = lines.map((line) => wordsOf(line).map(({ word }) => word));
  const prepared = prepare(text, beforeQuestion(text, question), new Set(wordsByLine.flat()));
  const { words, units } = prepared;
  const placeOf = (range: readonly [number, number] | undefined) => {
    const [first, last] = [words[range?.[0] ?? -1], words[(range?.[1] ?? 0) - 1]];
    return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
  };
  const evidence: Evidence[] = [];
  const likely: NearPassage[] = [];
  for (const [i, line] of lines.entries()) {
    const sought = wordsByLine[i] ?? [];
    const exact = exactPlace(words, sought);
    const found = likeliest(prepared, new Set(sought));
    const [best] = found;
    const place = placeOf(exact ?? (best === undefined ? undefined : units[best.unit]));
    if (place !== undefined)
      evidence.push({
        ...place,
        line,
        exact: exact !== undefined,
        share: exact === undefined ? (best?.share ?? 0) : 1,
      });
    for (const { unit, share } of sought.length < fewestSought ? [] : found) {
      const other = placeOf(units[unit]);
      if (other !== undefined) likely.push({ ...other, line, share });
    }
  }
  const near = new Map<number, NearPassage>();
  for (const passage of likely.sort((a, b) => b.share - a.share)) {
    const apart = evidence.every(({ start, end }) => passage.end <= start || passage.start >= end);
    if (apart && !near.has(passage.start) && near.size < mostNear) near.set(passage.start, passage);
  }
  return { evidence, near: [...near.values()].sort((a, b) => a.start - b.start) };
}

/** The evidence alone. */
export const findEvidence = (text: string, rationale: string, question = ''): readonly Evidence[] =>
  readEvidence(text, rationale, question).evidence;
