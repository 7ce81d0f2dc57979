/**
 * @file A prompt as a retriever sees it: passages of 512 tokens, and those that share the rarest words with the question (BM25).
 */
import { estimateTokens } from '../../tokens.ts';

/** Tokens of a passage, by the estimate. */
export const passageTokens = 512;

/** BM25's usual constants. */
const k1 = 1.2;
const b = 0.75;

/** Words in lower case; pairs of neighbours in scripts without spaces. Marks and single letters carry nothing. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text
    .toLowerCase()
    .matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+|[\p{L}\p{N}]+(?:[.,]\d+)*/gu)) {
    if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run)) words.push(run);
    else if (run.length === 1) words.push(run);
    else for (let i = 0; i + 2 <= run.length; i++) words.push(run.slice(i, i + 2));
  }
  return words;
}

/** Lines in order, gathered into passages; a longer line is cut. */
export function passagesOf(context: string, tokens = passageTokens): string[] {
  const passages: string[] = [];
  let open = '';
  let used = 0;
  const close = (): void => {
    if (open.trim() !== '') passages.push(open);
    [open, used] = ['', 0];
  };
  for (const line of context.split('\n')) {
    for (const piece of line.match(/[\s\S]{1,1600}/g) ?? ['']) {
      const size = estimateTokens(piece);
      if (used > 0 && used + size > tokens) close();
      open += `${open === '' ? '' : '\n'}${piece}`;
      used += size;
    }
  }
  close();
  return passages;
}

/** Texts by how well they fit a query, best first; equal ones in their order. */
export function ranked(texts: readonly string[], query: string): number[] {
  const counted = texts.map((text) => {
    const counts = new Map<string, number>();
    const words = wordsOf(text);
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    return { counts, length: words.length };
  });
  const mean = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length) || 1;
  const terms = [...new Set(wordsOf(query))].map((term) => {
    const holders = counted.filter(({ counts }) => counts.has(term)).length;
    return { term, weight: Math.log(1 + (texts.length - holders + 0.5) / (holders + 0.5)) };
  });
  const scores = counted.map(({ counts, length }) =>
    terms.reduce((sum, { term, weight }) => {
      const count = counts.get(term) ?? 0;
      return sum + (weight * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / mean));
    }, 0),
  );
  return texts.map((_, i) => i).sort((x, y) => (scores[y] ?? 0) - (scores[x] ?? 0) || x - y);
}
