/**
 * @file The texts of benchmarks, and the runs of words that a sample shares with them. Question, answer and context are compared
 * each for itself, as words (NFKC, lower case, no punctuation; a Han character is a word). What is looked for, since the paper
 * gives n alone:
 *
 * - runs of n words or more, extended to their full length, so that a leak of sixty words is one run and not 48 grams;
 * - questions and answers of fewer than n words whole: contained from 5 words (8 characters in Chinese), and a question equal to a
 *   whole question at any length; a shorter answer alone is no evidence and is not indexed;
 * - ids of documents that a benchmark names.
 *
 * Whether a run is evidence is decided in `decontaminate-benchmarks.ts`.
 */

import type { BenchmarkItem } from './benchmark-item.ts';
import { type Excerpt, excerptOf } from './excerpt.ts';
import { GramTable, Pool } from './gram-table.ts';
import type { Field } from './heldout.ts';
import { leakForm, type WordForm } from './word-form.ts';
import { WordScanner } from './word-scanner.ts';

/** What is looked for: run lengths, and what counts as a word. */
export interface IndexOptions {
  /** Gram lengths in words. Default 13 alone. */
  readonly ns?: readonly number[];
  /** How a text becomes words. */
  readonly form?: WordForm;
}

/** A text of a benchmark item in the pool. */
export interface Source {
  readonly base: number;
  readonly item: BenchmarkItem;
  readonly field: Field;
  readonly text: string;
  /** In words. */
  readonly length: number;
}

/** Words that a sample shares with a text of a benchmark. */
export interface Run {
  /** Gram length that found it; for a whole short question its own length. */
  readonly n: number;
  readonly field: Field;
  readonly source: Source;
  /** Of the run in the sample's text, and of that text, in words. */
  readonly start: number;
  readonly of: number;
  /** Of the run in the pool. */
  readonly place: number;
  readonly length: number;
}

/** A sample as the index sees it; `documents` are ids. */
export interface CheckedTexts {
  readonly texts: Readonly<Partial<Record<Field, string>>>;
  readonly documents: readonly string[];
  /** What made the sample. */
  readonly generator: string;
}

const leastContained = { words: 5, han: 8 };
const hanWord = /^\p{Script=Han}/u;

/** English words that say nothing, and months, which make dates. */
export const plainWords: ReadonlySet<string> = new Set(
  (
    'a about after all also an and are as at be been before but by can could did do does for from had has have he her him his how i if ' +
    'in into is it its just may more most no nor not of off on one only or other our out over she so some such than that the their ' +
    'them then there these they this those to two under up upon very was we were what when where which who whom will with would yes ' +
    'you your january february march april june july august september october november december'
  ).split(' '),
);

/** Different words of an answer that are no number, no date and no filler; a Han character is one. */
const leastSpecific = 3;

/** Whether an answer says enough to be told by itself: "the limping cartographer from Ostrava", not "on the 3rd of May 1871". */
function isSpecific(words: readonly string[]): boolean {
  const telling = words.filter((word) => !plainWords.has(word) && !/\d/.test(word));
  return new Set(telling).size >= leastSpecific;
}

/** Contexts have tables of their own: a question's gram is a hit even where a context has it too. */
export type Kind = 'direct' | 'context';
const kindOf = (field: Field): Kind => (field === 'context' ? 'context' : 'direct');

/** The benchmarks in memory: items are added first, then samples are looked up. */
export class BenchmarkIndex {
  readonly ns: readonly number[];
  readonly form: WordForm;
  readonly pool = new Pool();
  /** By place in the pool, ascending. */
  readonly sources: Source[] = [];
  /** Words indexed. */
  readonly words: Record<Kind, number> = { direct: 0, context: 0 };
  private readonly scanner: WordScanner;
  private readonly tables: { readonly kind: Kind; readonly grams: GramTable }[];
  /** Short questions and answers by their first words. */
  private readonly heads: GramTable;
  private readonly shortAt = new Map<number, Source[]>();
  /** All questions, by their word numbers. */
  private readonly whole = new Map<string, Source[]>();
  private longestQuestion = 0;
  private readonly documents = new Map<string, BenchmarkItem>();
  items = 0;

  constructor({ ns = [13], form = leakForm() }: IndexOptions = {}) {
    this.ns = ns;
    this.form = form;
    this.scanner = new WordScanner(form);
    this.tables = ns.flatMap((n) =>
      (['direct', 'context'] as const).map((kind) => ({ kind, grams: new GramTable(n, this.pool) })),
    );
    this.heads = new GramTable(leastContained.words, this.pool);
  }

  /** Distinct grams of all lengths. */
  get grams(): number {
    return this.tables.reduce((sum, { grams }) => sum + grams.size, 0);
  }

  /** Takes an item in; items are added before samples are held against them. */
  add(item: BenchmarkItem): void {
    this.items++;
    for (const id of item.documents) this.documents.set(id, item);
    // The first text with a gram is found: a right answer for itself, before the question that lists it as an option.
    for (const field of ['answer', 'question', 'context'] as const)
      for (const text of item.texts[field] ?? []) this.addText(item, field, text);
  }

  private addText(item: BenchmarkItem, field: Field, text: string): void {
    const numbers = this.scanner.scan(text, true);
    if (numbers.length === 0) return;
    const kind = kindOf(field);
    const source = { base: this.pool.add(numbers), item, field, text, length: numbers.length };
    this.sources.push(source);
    this.words[kind] += numbers.length;
    for (const { kind: own, grams } of this.tables) if (own === kind) grams.add(source.base, source.length);
    if (field === 'question') this.addWhole(source, numbers);
    if (field !== 'context' && numbers.length < this.longest) this.addShort(source, numbers);
  }

  /** The longest gram's length. */
  get longest(): number {
    return Math.max(...this.ns);
  }

  private addWhole(source: Source, numbers: Uint32Array): void {
    const key = numbers.join(' ');
    const equal = this.whole.get(key);
    if (equal === undefined) this.whole.set(key, [source]);
    else equal.push(source);
    this.longestQuestion = Math.max(this.longestQuestion, numbers.length);
  }

  private addShort(source: Source, numbers: Uint32Array): void {
    const words = this.form.words(source.text);
    const least = words.some((word) => hanWord.test(word)) ? leastContained.han : leastContained.words;
    if (numbers.length < least || (source.field === 'answer' && !isSpecific(words))) return;
    this.heads.add(source.base, leastContained.words);
    const slotPlace = this.heads.placeAt(source.base);
    const same = this.shortAt.get(slotPlace);
    if (same === undefined) this.shortAt.set(slotPlace, [source]);
    else same.push(source);
  }

  /** Word numbers of a sample's text; a view that the next call overwrites. */
  scan(text: string): Uint32Array {
    return this.scanner.scan(text);
  }

  /** Benchmark items that name one of these documents. */
  named(documents: readonly string[]): { readonly id: string; readonly item: BenchmarkItem }[] {
    return documents.flatMap((id) => {
      const item = this.documents.get(id);
      return item === undefined ? [] : [{ id, item }];
    });
  }

  /** The runs of a text. */
  runs(numbers: Uint32Array, field: Field): Run[] {
    const found: Run[] = [];
    for (const { grams } of this.tables) this.longRuns(numbers, field, grams, found);
    this.shortRuns(numbers, field, found);
    return found;
  }

  private longRuns(numbers: Uint32Array, field: Field, grams: GramTable, found: Run[]): void {
    const { pool } = this;
    let diagonal = 0;
    let end = -1;
    grams.match(numbers, (at, hit) => {
      if (hit - at === diagonal && at < end) return;
      let start = at;
      let place = hit;
      while (start > 0 && numbers[start - 1] !== 0 && numbers[start - 1] === pool.at(place - 1)) {
        start--;
        place--;
      }
      end = at + grams.n;
      while (end < numbers.length && numbers[end] !== 0 && numbers[end] === pool.at(place + end - start)) end++;
      diagonal = hit - at;
      const source = sourceAt(this.sources, place);
      found.push({ n: grams.n, field, source, start, of: numbers.length, place, length: end - start });
    });
  }

  private shortRuns(numbers: Uint32Array, field: Field, found: Run[]): void {
    const { pool } = this;
    const add = (source: Source, start: number): void => {
      const { base: place, length } = source;
      // A short answer stands in the context of whoever asks for it.
      if (source.field === 'answer' && field === 'context') return;
      found.push({ n: length, field, source, start, of: numbers.length, place, length });
    };
    this.heads.match(numbers, (start, hit) => {
      for (const source of this.shortAt.get(hit) ?? []) {
        let same = leastContained.words;
        while (same < source.length && numbers[start + same] === pool.at(source.base + same)) same++;
        if (same === source.length) add(source, start);
      }
    });
  }

  /** The questions of the benchmarks that are this text, word for word. */
  asking(numbers: Uint32Array): readonly Source[] {
    if (numbers.length === 0 || numbers.length > this.longestQuestion) return [];
    return this.whole.get(numbers.join(' ')) ?? [];
  }

  /** A question's first source of the same words. */
  firstAsking({ base, length }: Source): Source | undefined {
    return this.asking(this.pool.slice(base, base + length))[0];
  }

  /** The shared words with what stands around them, in the sample's text and in the benchmark's. */
  sides(
    { source, start, place, length }: Run,
    text: string,
  ): { readonly sample: Excerpt; readonly benchmark: Excerpt } {
    return {
      sample: excerptOf(this.form, text, start, length),
      benchmark: excerptOf(this.form, source.text, place - source.base, length),
    };
  }
}

/** The text that a place of the pool belongs to. @param sources By place, ascending. */
export function sourceAt<T extends { readonly base: number }>(sources: readonly T[], place: number): T {
  let low = 0;
  let high = sources.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sources[middle]?.base ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const source = sources[low];
  if (source === undefined) throw new Error(`no text at place ${place}`);
  return source;
}
