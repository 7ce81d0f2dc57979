/**
 * @file Passages of a completion that stand in its prompt: four words or more in the same order, grown as far as both go on. So a sentence of an
 * answer leads to its source, also where it is not in quotation marks.
 */
import { type PlacedWord, wordsOf } from './words.ts';

/** One passage, in the prompt (`start`, `end`) and in the completion (`from`, `to`). */
export interface Quote {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** Fewer words in a row are chance. */
const fewest = 4;
/** Longer completions are searched up to here. */
const mostWords = 20_000;

/** Where each run of `fewest` words begins in the prompt, for the runs that the completion holds. */
function placesOf(prompt: readonly PlacedWord[], wanted: ReadonlySet<string>): Map<string, number[]> {
  const places = new Map<string, number[]>();
  const first = new Set([...wanted].map((run) => run.split(' ')[0]));
  for (let i = 0; i + fewest <= prompt.length; i++) {
    // Most words begin no run: only for the others is a key made.
    if (!first.has(prompt[i]?.word)) continue;
    const run = runAt(prompt, i);
    if (!wanted.has(run)) continue;
    const list = places.get(run);
    if (list === undefined) places.set(run, [i]);
    else if (list.length < 50) list.push(i);
  }
  return places;
}

const runAt = (words: readonly PlacedWord[], i: number): string =>
  `${words[i]?.word} ${words[i + 1]?.word} ${words[i + 2]?.word} ${words[i + 3]?.word}`;

/** In the order of the completion; of several places in the prompt, the one where most words agree. */
export function findQuotes(prompt: string, completion: string): Quote[] {
  const said = wordsOf(completion).slice(0, mostWords);
  const runs = Array.from({ length: Math.max(0, said.length - fewest + 1) }, (_, i) => runAt(said, i));
  if (runs.length === 0) return [];
  const words = wordsOf(prompt);
  const places = placesOf(words, new Set(runs));
  const quotes: Quote[] = [];
  for (let i = 0; i < runs.length; ) {
    let [best, length] = [-1, 0];
    for (const place of places.get(runs[i] ?? '') ?? []) {
      let same = fewest;
      while (said[i + same] !== undefined && said[i + same]?.word === words[place + same]?.word) same++;
      if (same > length) [best, length] = [place, same];
    }
    const [a, b, c, d] = [words[best], words[best + length - 1], said[i], said[i + length - 1]];
    if (a !== undefined && b !== undefined && c !== undefined && d !== undefined)
      quotes.push({ start: a.start, end: b.end, from: c.start, to: d.end });
    i += Math.max(1, length);
  }
  return quotes;
}
