/**
 * @file What a question would have for an answer if it were another one: known golds, with the words in which the two questions differ
 * exchanged. Templates, constant slots and copied names all follow from it, and none has to be listed.
 */
import { anyWord } from '../../word-pattern.ts';
import type { AuditItem } from '../item.ts';

/** Words, marks and spaces of a text. */
export const pieces = (text: string): string[] => text.match(/\s+|\p{Script=Han}|[\p{L}\p{N}'’]+|./gu) ?? [];

/** Pieces of a question that are compared: the table of the comparison grows with their product. */
const longestQuestion = 160;

/** The runs of `a` that `b` has something else for. */
function exchanges(a: readonly string[], b: readonly string[]): [from: string, to: string][] {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const found: [string, string][] = [];
  let [from, to] = ['', ''];
  const close = (): void => {
    if (from.trim() !== '' && to.trim() !== '') found.push([from.trim(), to.trim()]);
    [from, to] = ['', ''];
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    // A space between two exchanged words belongs to them: names of several words are one.
    if (i < a.length && a[i] === b[j] && !(a[i]?.trim() === '' && from !== '' && a[i + 1] !== b[j + 1])) {
      close();
      i++;
      j++;
    } else if (i < a.length && a[i] === b[j]) {
      from += a[i++];
      to += b[j++];
    } else if (j >= b.length || (i < a.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)))
      from += a[i++];
    else to += b[j++];
  }
  close();
  return found.sort((x, y) => y[0].length - x[0].length);
}

function transferred(gold: string, pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return gold;
  const known = new Map(pairs);
  return gold.replace(anyWord([...known.keys()]), (found) => known.get(found) ?? found);
}

const wordsOf = (text: string): Set<string> =>
  new Set(text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []);

/** Known samples that are compared, and answers that are made for each question. */
const mostKnown = 60;
const neighbours = 7;

/** Answers for an item by analogy, that of the likeliest known sample first. */
export function analogy(
  known: readonly AuditItem[],
  goldOf: (item: AuditItem) => string,
): (item: AuditItem) => readonly string[] {
  const all = known.slice(0, mostKnown).map((item) => ({
    item,
    pieces: pieces(item.question).slice(0, longestQuestion),
    words: wordsOf(item.question),
    gold: goldOf(item),
    goldWords: wordsOf(goldOf(item)),
  }));
  const recent = new WeakMap<AuditItem, readonly string[]>();
  const share = (words: ReadonlySet<string>, held: ReadonlySet<string>): number =>
    [...words].filter((word) => held.has(word)).length / Math.max(1, words.size);
  return (item) => {
    const done = recent.get(item);
    if (done !== undefined) return done;
    const own = pieces(item.question).slice(0, longestQuestion);
    const words = wordsOf(item.question);
    const seen = wordsOf(`${item.question} ${item.facts.lead}`);
    const near = all
      .map((one) => ({ one, near: share(one.words, words) + share(one.goldWords, seen) }))
      .sort((a, b) => b.near - a.near)
      .slice(0, neighbours);
    const answers = near.map(({ one }) => transferred(one.gold, exchanges(one.pieces, own)));
    recent.set(item, answers);
    return answers;
  };
}
