/**
 * @file How a memory finds entries. `bm25Plus` is BM25+ (Lv and Zhai 2011) with the usual constants, as BFCL's key-value memory ranks
 * its keys. `lexicalSimilarity` stands in for the sentence embeddings of its vector memory: cosine over hashed word and trigram
 * counts. It needs no model and ranks by shared wording only, so figures on that backend do not compare with published ones.
 */
const [k1, b, delta] = [1.5, 0.75, 1];
const wordsOf = (text: string): string[] =>
  text
    .replaceAll('_', ' ')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** Entries with their scores, best first; equal ones keep their order. */
export function bm25Plus(query: string, corpus: readonly string[], count: number): [score: number, text: string][] {
  const documents = corpus.map(wordsOf);
  const average = documents.reduce((sum, document) => sum + document.length, 0) / Math.max(1, documents.length);
  const frequency = new Map<string, number>();
  for (const document of documents) {
    for (const word of new Set(document)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const scored = corpus.map((text, index): [number, string] => {
    const document = documents[index] ?? [];
    let score = 0;
    for (const word of wordsOf(query)) {
      const containing = frequency.get(word);
      if (containing === undefined) continue;
      const inside = document.filter((other) => other === word).length;
      const length = 1 - b + (b * document.length) / average;
      score += Math.log((corpus.length + 1) / containing) * (delta + (inside * (k1 + 1)) / (k1 * length + inside));
    }
    return [score, text];
  });
  return scored.sort((left, right) => right[0] - left[0]).slice(0, count);
}

function counts(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `^${word}$`;
    const parts = [word, ...Array.from({ length: Math.max(0, padded.length - 2) }, (_, i) => padded.slice(i, i + 3))];
    for (const part of parts) found.set(part, (found.get(part) ?? 0) + 1);
  }
  return found;
}

/** In [0, 1]. */
export function lexicalSimilarity(left: string, right: string): number {
  const [a, c] = [counts(left), counts(right)];
  const length = (vector: Map<string, number>) => Math.sqrt([...vector.values()].reduce((sum, x) => sum + x * x, 0));
  let dot = 0;
  for (const [part, count] of a) dot += count * (c.get(part) ?? 0);
  const norm = length(a) * length(c);
  return norm === 0 ? 0 : dot / norm;
}
