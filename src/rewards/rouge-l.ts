/**
 * @file ROUGE-L (T9): the best over the references.
 * `paper` is pltrdy/rouge 1.0.1 as the reference calls it: sentences end at ".", words are *sets*, the union of the longest
 * common subsequences of every sentence pair over the sizes of the two word sets, F = 2PR / (P + R + 1e-8). Any reference
 * without words makes the whole score 0, and so does a sentence pair whose backtracking exceeds Python's recursion limit.
 * `hardened`: F of the longest common subsequence of the two token *sequences*; an answer of more than twice the longest
 * reference's length pays nothing.
 */
import type { Reward } from './reward.ts';
import { chineseWords } from './segment-chinese.ts';
import { fold, words } from './text.ts';

/** Steps of backtracking that Python's limit of 1000 frames leaves to the reference under its usual callers. */
const deepestBacktrack = 985;
/** Beyond this many cells the backtracking is as good as certain to exceed that limit. */
const mostCells = 1 << 24;

let table = new Uint16Array(1 << 12);

/** Adds the words of the longest common subsequence to `union`; false where the reference would overflow its stack. */
function addCommonWords(reference: Int32Array, answer: Int32Array, union: Set<number>): boolean {
  const n = reference.length;
  const m = answer.length;
  const width = m + 1;
  const cells = (n + 1) * width;
  if (cells > mostCells) return false;
  if (cells > table.length) table = new Uint16Array(Math.min(mostCells, cells * 2));
  const t = table;
  t.fill(0, 0, width);
  for (let i = 1; i <= n; i++) {
    const word = reference[i - 1];
    const row = i * width;
    const above = row - width;
    t[row] = 0;
    for (let j = 1; j <= m; j++) {
      if (word === answer[j - 1]) t[row + j] = (t[above + j - 1] as number) + 1;
      else {
        const up = t[above + j] as number;
        const left = t[row + j - 1] as number;
        t[row + j] = Math.max(up, left);
      }
    }
  }
  let steps = 1;
  for (let i = n, j = m; i > 0 && j > 0; steps++) {
    const row = i * width;
    if (reference[i - 1] === answer[j - 1]) {
      union.add(reference[i - 1] as number);
      i--;
      j--;
    } else if ((t[row - width + j] as number) > (t[row + j - 1] as number)) i--;
    else j--;
  }
  return steps <= deepestBacktrack;
}

/** Word numbers of each sentence; a sentence of nothing but spaces is one empty word, as in the original. */
function sentences(text: string, numberOf: Map<string, number>): Int32Array[] {
  return text
    .split('.')
    .filter((sentence) => sentence.length > 0)
    .map((sentence) => {
      const list = words(sentence);
      return Int32Array.from(list.length === 0 ? [''] : list, (word) => {
        const known = numberOf.get(word);
        if (known !== undefined) return known;
        numberOf.set(word, numberOf.size);
        return numberOf.size - 1;
      });
    });
}

const distinctWords = (list: readonly Int32Array[]): Set<number> => {
  const set = new Set<number>();
  for (const sentence of list) for (const word of sentence) set.add(word);
  return set;
};

function sharesWord(sentence: Int32Array, vocabulary: ReadonlySet<number>): boolean {
  for (const word of sentence) if (vocabulary.has(word)) return true;
  return false;
}

/** pltrdy's F of one pair; undefined where it raises. */
export function paperRougeL(answer: string, reference: string): number | undefined {
  const numberOf = new Map<string, number>();
  const said = sentences(answer, numberOf);
  const wanted = sentences(reference, numberOf);
  if (said.length === 0 || wanted.length === 0) return undefined;
  const union = new Set<number>();
  for (const target of wanted) {
    const vocabulary = new Set(target);
    for (const sentence of said) {
      // Without a common word there is nothing to add, and backtracking walks the longer side only.
      if (!sharesWord(sentence, vocabulary) && sentence.length + target.length < deepestBacktrack) continue;
      if (!addCommonWords(target, sentence, union)) return undefined;
    }
  }
  const recall = union.size / distinctWords(wanted).size;
  const precision = union.size / distinctWords(said).size;
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

const token = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/** Tokens of the hardened metric: words without punctuation, Chinese characters one by one. */
export function summaryTokens(text: string): string[] {
  return text.toLowerCase().match(token) ?? [];
}

/** Length of the longest common subsequence. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let previous = new Int32Array(b.length + 1);
  let row = new Int32Array(b.length + 1);
  for (const word of a) {
    for (let j = 1; j <= b.length; j++) {
      if (word === b[j - 1]) row[j] = (previous[j - 1] as number) + 1;
      else row[j] = Math.max(previous[j] as number, row[j - 1] as number);
    }
    [previous, row] = [row, previous];
  }
  return previous[b.length] as number;
}

function hardenedSummary(answer: string, references: readonly string[]): { score: number; reason: string } {
  const said = summaryTokens(answer);
  const wanted = references.map(summaryTokens);
  const longest = Math.max(...wanted.map((list) => list.length));
  if (said.length === 0) return { score: 0, reason: 'no summary' };
  if (said.length > 2 * longest)
    return { score: 0, reason: `${said.length} words, more than twice the longest reference's ${longest}` };
  let best = 0;
  for (const list of wanted) {
    if (list.length > 0) best = Math.max(best, (2 * commonLength(said, list)) / (said.length + list.length));
  }
  return { score: best, reason: `ROUGE-L ${best.toFixed(3)} over ${said.length} words` };
}

export const summaryReward: Reward = (answer, spec, profile) => {
  if (profile === 'hardened') return hardenedSummary(answer, spec.gold);
  const score = paperSummary(answer, spec.gold, spec.language);
  if (score === undefined)
    return { score: 0, reason: 'ROUGE-L is undefined: no words, or a sentence too long for the reference' };
  return { score, reason: `ROUGE-L ${score.toFixed(3)}` };
};
