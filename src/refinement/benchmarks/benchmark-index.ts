/**
 * @file Finds benchmark text in training samples (P4, 13-gram decontamination). Question, answer and context are compared each
 * for itself, as words (NFKC, lower case, no punctuation; a Han character is a word). Rules, since the paper gives n alone:
 *
 * - one gram that a benchmark's question or answer has is a hit, wherever it stands in the sample;
 * - a gram of a benchmark's context is one in question and answer; contexts may share quotations, so there `contextGrams` decide;
 * - a question of fewer than n words is found by containment from 5 words (8 characters in Chinese) and by equality below;
 *   a short answer alone is no evidence and is not indexed;
 * - a document id that a benchmark names is a hit.
 */
import { type Field, fields } from '../decontaminate.ts';
import { comparedWords } from '../ngrams.ts';
import type { BenchmarkItem } from './benchmark-item.ts';
import { GramTable, Vocabulary } from './gram-table.ts';

export interface IndexOptions {
  /** Gram lengths in words. Default 13 alone. */
  readonly ns?: readonly number[];
  /** Shared grams from which one context repeats another. Default 20: a passage of 32 words. */
  readonly contextGrams?: number;
  /** How a text becomes words. */
  readonly words?: (text: string) => string[];
}

/** A shared run of words. */
export interface Match {
  readonly n: number;
  readonly field: Field | 'document';
  readonly benchmark: string;
  readonly item: string;
  readonly benchmarkField: Field | 'document';
  /** Names the gram within this index: what the boilerplate rule counts. */
  readonly gram: string;
  /** The shared words with what stands around them, in the sample and in the benchmark; made when asked for. */
  readonly sides: () => { readonly sample: Excerpt; readonly benchmark: Excerpt };
}

export interface Excerpt {
  readonly before: string;
  readonly shared: string;
  readonly after: string;
}

export interface CheckedTexts {
  readonly texts: Readonly<Partial<Record<Field, string>>>;
  readonly documents: readonly string[];
}

interface Source {
  readonly base: number;
  readonly item: BenchmarkItem;
  readonly field: Field;
  readonly length: number;
}

/** Contexts have tables of their own: a question's gram is a hit even where a context has it too. */
interface Table {
  readonly n: number;
  readonly grams: GramTable;
  /** By place in the pool, ascending. */
  readonly sources: Source[];
}

/** Words as a leak keeps them: an apostrophe in a word and invisible characters do not count. */
export const leakWords = (text: string): string[] =>
  comparedWords(text.replace(/(?<=\p{L})['’](?=\p{L})|\p{Cf}/gu, ''));

const leastContained = { words: 5, han: 8 };
const containable = (words: readonly string[]): boolean =>
  words.length >= (words.some((word) => /\p{Script=Han}/u.test(word)) ? leastContained.han : leastContained.words);

/** Words around a match that a report shows. */
const around = 25;

function excerpt(words: readonly string[], start: number, n: number): Excerpt {
  const join = (from: number, to: number): string => words.slice(Math.max(0, from), to).join(' ');
  return {
    before: join(start - around, start),
    shared: join(start, start + n),
    after: join(start + n, start + n + around),
  };
}

const whole = (text: string): Excerpt => ({ before: '', shared: text, after: '' });

export class BenchmarkIndex {
  readonly ns: readonly number[];
  private readonly contextGrams: number;
  readonly words: (text: string) => string[];
  private readonly vocabulary = new Vocabulary();
  private readonly tables = new Map<string, Table>();
  private readonly equal = new Map<string, BenchmarkItem>();
  private readonly documents = new Map<string, BenchmarkItem>();
  items = 0;

  constructor({ ns = [13], contextGrams = 20, words = leakWords }: IndexOptions = {}) {
    this.ns = ns;
    this.contextGrams = contextGrams;
    this.words = words;
  }

  /** Distinct grams of all lengths. */
  get grams(): number {
    return [...this.tables.values()].reduce((sum, { grams }) => sum + grams.size, 0);
  }

  add(item: BenchmarkItem): void {
    this.items++;
    for (const id of item.documents) this.documents.set(id, item);
    for (const field of fields) {
      const words = this.words(item.texts[field] ?? '');
      if (words.length === 0) continue;
      for (const n of this.ns) if (words.length >= n) this.index(n, words, item, field);
      if (field !== 'question' || words.length >= Math.max(...this.ns)) continue;
      if (containable(words)) this.index(words.length, words, item, field);
      else this.equal.set(words.join(' '), item);
    }
  }

  private index(n: number, words: readonly string[], item: BenchmarkItem, field: Field): void {
    const key = `${n} ${field === 'context' ? 'context' : 'direct'}`;
    const table = this.tables.get(key) ?? { n, grams: new GramTable(n), sources: [] };
    this.tables.set(key, table);
    const base = table.grams.add(Uint32Array.from(words, (word) => this.vocabulary.add(word)));
    table.sources.push({ base, item, field, length: words.length });
  }

  /** Every gram that a sample shares with the benchmarks. */
  check({ texts, documents }: CheckedTexts): Match[] {
    const matches: Match[] = [];
    for (const id of documents) {
      const item = this.documents.get(id);
      if (item === undefined) continue;
      const side = { benchmark: item.benchmark, item: item.id, benchmarkField: 'document' as const };
      matches.push({
        ...side,
        n: 0,
        field: 'document',
        gram: `document ${id}`,
        sides: () => ({ sample: whole(id), benchmark: whole(id) }),
      });
    }
    for (const field of fields) matches.push(...this.checkText(texts[field] ?? '', field));
    return matches;
  }

  private checkText(text: string, field: Field): Match[] {
    const words = this.words(text);
    const numbers = Uint32Array.from(words, (word) => this.vocabulary.numberOf(word));
    const matches = [...this.tables.values()].flatMap((table) => this.tableMatches(words, numbers, field, table));
    const item = field === 'question' && words.length > 0 ? this.equal.get(words.join(' ')) : undefined;
    if (item !== undefined) {
      const side = { benchmark: item.benchmark, item: item.id, benchmarkField: 'question' as const };
      const shared = whole(words.join(' '));
      matches.push({
        ...side,
        n: words.length,
        field,
        gram: `= ${shared.shared}`,
        sides: () => ({ sample: shared, benchmark: shared }),
      });
    }
    return matches;
  }

  private tableMatches(words: readonly string[], numbers: Uint32Array, field: Field, table: Table): Match[] {
    const { n } = table;
    const found: { start: number; place: number; source: Source }[] = [];
    table.grams.match(numbers, (start, place) => found.push({ start, place, source: sourceAt(table.sources, place) }));
    const inContext = new Map<BenchmarkItem, number>();
    for (const { source } of found)
      if (source.field === 'context') inContext.set(source.item, (inContext.get(source.item) ?? 0) + 1);
    return found
      .filter(
        ({ source }) =>
          field !== 'context' || source.field !== 'context' || (inContext.get(source.item) ?? 0) >= this.contextGrams,
      )
      .map(({ start, place, source }) => ({
        n,
        field,
        benchmark: source.item.benchmark,
        item: source.item.id,
        benchmarkField: source.field,
        gram: `${n} ${source.field} ${source.item.benchmark} ${place}`,
        sides: () => ({
          sample: excerpt(words, start, n),
          benchmark: excerpt(this.words(source.item.texts[source.field] ?? ''), place - source.base, n),
        }),
      }));
  }
}

/** The text that a place of the pool belongs to. */
function sourceAt(sources: readonly Source[], place: number): Source {
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
