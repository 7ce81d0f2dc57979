/**
 * @file ROUGE-L (T9): the best over the references.
 * `paper` is pltrdy/rouge 1.0.1 as the reference calls it: sentences end at ".", words are *sets*, the union of the longest
 * common subsequences of every sentence pair over the sizes of the two word sets, F = 2PR / (P + R + 1e-8). Any reference
 * without words makes the whole score 0, and so does a sentence pair whose backtracking exceeds Python's recursion limit.
 * `hardened`: F of the longest common subsequence of the two token *sequences*, over what the question itself earns and the floor
 * that the sample states, (F - floor) / (1 - floor); outside of the sample's window of words (by default up to twice the longest
 * reference) nothing is paid.
 */

import { readSummary } from '../reading/summary.ts';
import { plain } from '../reading/text/plain.ts';
import { Recent } from '../recent.ts';
import { aboveFloor, type MetricVerdict, type Reward, type RewardSpec } from '../reward.ts';
import { fold } from '../text.ts';
import { commonLength, Places } from './common-subsequence.ts';
import { chineseWords } from './segment-chinese.ts';

/** Steps of backtracking that Python's limit of 1000 frames leaves to the reference under its usual callers. */
const deepestBacktrack = 985;
/** Beyond this many blocks of table (64 MB) the backtracking is as good as certain to exceed that limit. */
const mostBlocks = 1 << 24;

let rows = new Uint32Array(1 << 10);

/**
 * Adds to `union` the words of the longest common subsequence of a reference's sentence and the answer's sentence in
 * `places`, along the path that the reference's backtracking takes: up only where that is the longer side. False where it
 * would overflow its stack.
 */
function addCommonWords(target: Int32Array, sentence: Int32Array, places: Places, union: Set<number>): boolean {
  const { blocks } = places;
  const n = target.length;
  // A step passes at most one word of each side, so that the shorter side bounds their number from below.
  if (Math.min(n, sentence.length) >= deepestBacktrack || n * blocks > mostBlocks) return false;
  if (n * blocks > rows.length) rows = new Uint32Array(Math.min(mostBlocks, 2 * n * blocks));
  for (let i = 0; i < n; i++) {
    const start = i * blocks;
    if (i === 0) rows.fill(0xffffffff, 0, blocks);
    else rows.copyWithin(start, start - blocks, start);
    places.advance(rows, start, target[i] as number);
  }
  let steps = 1;
  for (let i = n - 1, j = sentence.length - 1; i >= 0 && j >= 0; steps++) {
    if (target[i] === sentence[j]) {
      union.add(target[i] as number);
      i--;
      j--;
    } else if (((rows[i * blocks + (j >>> 5)] as number) & (1 << (j & 31))) === 0) i--;
    else j--;
  }
  return steps <= deepestBacktrack;
}

/** The number of a word: equal words get the same one. */
function wordNumber(word: string, numberOf: Map<string, number>): number {
  let number = numberOf.get(word);
  if (number === undefined) {
    number = numberOf.size;
    numberOf.set(word, number);
  }
  return number;
}

function sharesWord(target: Int32Array, places: Places): boolean {
  for (const word of target) if (places.has(word)) return true;
  return false;
}

const spaceCode = 32;
const stopCode = 46;

/**
 * Calls `each` with every sentence of a folded text: the numbers of its words, and its text. A sentence of nothing but spaces
 * is one empty word, as in the original. One pass: an answer of a megabyte may be a hundred thousand sentences.
 */
function forSentences(
  text: string,
  numberOf: Map<string, number>,
  each: (sentence: readonly number[], from: number, to: number) => void,
): void {
  let from = 0;
  let word = -1;
  let sentence: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? stopCode : text.charCodeAt(at);
    if (code !== spaceCode && code !== stopCode) {
      if (word < 0) word = at;
      continue;
    }
    if (word >= 0) sentence.push(wordNumber(text.slice(word, at), numberOf));
    word = -1;
    if (code === spaceCode) continue;
    if (at > from) {
      if (sentence.length === 0) sentence.push(wordNumber('', numberOf));
      each(sentence, from, at);
      sentence = [];
    }
    from = at + 1;
  }
}

/** pltrdy's F of two folded texts; undefined where it raises. */
export function paperRougeL(answer: string, reference: string): number | undefined {
  const numberOf = new Map<string, number>();
  const wanted: Int32Array[] = [];
  forSentences(reference, numberOf, (sentence) => wanted.push(Int32Array.from(sentence)));
  // Words of the reference have the numbers below this one.
  const known = numberOf.size;
  const said = new Map<string, Int32Array>();
  const saidKnown = new Set<number>();
  let sentences = 0;
  let tooDeep = false;
  forSentences(answer, numberOf, (sentence, from, to) => {
    sentences++;
    let shares = false;
    for (const number of sentence) {
      if (number >= known) continue;
      shares = true;
      saidKnown.add(number);
    }
    // An equal sentence adds nothing to a union of sets. In one that shares nothing, backtracking walks all of its words.
    if (shares) said.set(answer.slice(from, to), Int32Array.from(sentence));
    else if (sentence.length >= deepestBacktrack) tooDeep = true;
  });
  if (sentences === 0 || wanted.length === 0 || tooDeep) return undefined;
  const union = new Set<number>();
  const places = new Places(numberOf.size);
  for (const sentence of said.values()) {
    places.index(sentence);
    for (const target of wanted) {
      if (sharesWord(target, places)) {
        if (!addCommonWords(target, sentence, places, union)) return undefined;
      } else if (sentence.length >= deepestBacktrack) return undefined;
    }
  }
  const recall = union.size / known;
  const precision = union.size / (numberOf.size - known + saidKnown.size);
  return 2 * ((precision * recall) / (precision + recall + 1e-8));
}

function paperSummary(answer: string, references: readonly string[], language: 'en' | 'zh'): number | undefined {
  const cut = (text: string): string => (language === 'zh' ? chineseWords(text).join(' ') : text);
  const said = cut(fold(answer));
  let best = 0;
  for (const reference of references) {
    const f = paperRougeL(said, cut(fold(reference)));
    if (f === undefined) return undefined;
    best = Math.max(best, f);
  }
  return best;
}

const token = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:['’.,-](?:(?!\p{Script=Han})[\p{L}\p{N}])+)*/gu;

/** Tokens of the hardened metric: words without punctuation, Chinese characters one by one. */
export function summaryTokens(text: string): string[] {
  return text.toLowerCase().match(token) ?? [];
}

/** The best F of the longest common subsequence of `said` and each of `wanted`. */
function bestF(said: readonly string[], wanted: readonly (readonly string[])[]): number {
  const numberOf = new Map<string, number>();
  const numbers = (list: readonly string[]): Int32Array => {
    const out = new Int32Array(list.length);
    for (let i = 0; i < list.length; i++) out[i] = wordNumber(list[i] as string, numberOf);
    return out;
  };
  const saidNumbers = numbers(said);
  const wantedNumbers = wanted.map(numbers);
  const places = new Places(numberOf.size);
  places.index(saidNumbers);
  let best = 0;
  for (const list of wantedNumbers) {
    if (list.length > 0) best = Math.max(best, (2 * commonLength(list, places)) / (said.length + list.length));
  }
  return best;
}

/** Words of the references, read as an answer is: `5–10` and `5-10` are one word in both. */
const references = new Recent<readonly (readonly string[])[]>(64);
const referenceTokens = (gold: readonly string[]): readonly (readonly string[])[] =>
  references.get(JSON.stringify(gold), () => gold.map((text) => summaryTokens(plain(text))));

/** What copying the question earns: no less than this is known without the text. */
const copied = new Recent<number>(256);

function questionFloor({ question, gold }: RewardSpec, wanted: readonly (readonly string[])[]): number {
  if (question === undefined || question === '') return 0;
  return copied.get(JSON.stringify([question, gold]), () =>
    bestF(summaryTokens(plain(question.slice(0, 4000))), wanted),
  );
}

function hardenedSummary(answer: string, spec: RewardSpec): MetricVerdict {
  const said = summaryTokens(readSummary(answer));
  const wanted = referenceTokens(spec.gold);
  const longest = Math.max(...wanted.map((list) => list.length));
  if (said.length === 0) return { score: 0, state: 'none', reason: 'no summary' };
  const [fewest, most] = spec.lengthWindow ?? [0, 2 * longest];
  if (said.length > most || said.length < fewest)
    return { score: 0, reason: `${said.length} words, ${fewest} to ${most} are paid` };
  const floor = Math.max(spec.floor ?? 0, questionFloor(spec, wanted));
  const best = bestF(said, wanted);
  return {
    score: aboveFloor(best, floor),
    reason: `ROUGE-L ${best.toFixed(3)} over ${said.length} words${floor > 0 ? `, ${floor.toFixed(3)} without the text` : ''}`,
  };
}

/** In [0, 1]; each gold line is a reference. */
export const summaryReward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardenedSummary(answer, spec);
  const score = paperSummary(answer, spec.gold, spec.language);
  if (score === undefined)
    return { score: 0, reason: 'ROUGE-L is undefined: no words, or a sentence too long for the reference' };
  return { score, reason: `ROUGE-L ${score.toFixed(3)}` };
};
