/**
 * @file Which documents are most like others: they share the words that few have. Documents that are like those asked about are the
 * distractors of a long prompt, and the second document of a question over two.
 */
import type { Document } from '../../../corpus/document.ts';

/** Characters that a document is compared by, and its words of highest weight. */
const [compared, kept] = [12_000, 48];

const counted = new WeakMap<Document, ReadonlyMap<string, number>>();

function wordsOf(document: Document): ReadonlyMap<string, number> {
  const known = counted.get(document);
  if (known !== undefined) return known;
  const text = document.text.slice(0, compared).toLowerCase();
  const counts = new Map<string, number>();
  const add = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word] of text.matchAll(/(?!\p{Script=Han})\p{L}{4,}/gu)) add(word);
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}/gu))
    for (let i = 0; i + 2 <= run.length; i++) add(run.slice(i, i + 2));
  counted.set(document, counts);
  return counts;
}

/** The others, likest first; those of the same work or family before the rest. */
export function byLikeness(document: Document, others: readonly Document[]): Document[] {
  const all = [document, ...others];
  const frequency = new Map<string, number>();
  for (const one of all) for (const word of wordsOf(one).keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weigh = (one: Document): ReadonlyMap<string, number> => {
    const weighed = [...wordsOf(one)].map(([word, count]): [string, number] => [
      word,
      (1 + Math.log(count)) * Math.log((all.length + 1) / (frequency.get(word) ?? 1)),
    ]);
    const best = weighed.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, kept);
    const length = Math.hypot(...best.map(([, weight]) => weight)) || 1;
    return new Map(best.map(([word, weight]) => [word, weight / length]));
  };
  const own = weigh(document);
  const related = (one: Document): boolean =>
    (document.work !== undefined && one.work === document.work) ||
    (document.record !== undefined && one.record?.family === document.record.family);
  const scored = others.map((one) => {
    const shared = [...weigh(one)].reduce((sum, [word, weight]) => sum + weight * (own.get(word) ?? 0), 0);
    return { one, score: shared + (related(one) ? 1 : 0) };
  });
  return scored.sort((a, b) => b.score - a.score || (a.one.id < b.one.id ? -1 : 1)).map(({ one }) => one);
}
