/**
 * @file Decontamination as datatrove's `NGramsDecontIndexer` and `NGramsDecontFilter` (0.10.0) do it: a text goes that shares one
 * gram of `n` words with a benchmark's answer, or with question and answer read as one. There grams are compared by a 64-bit hash,
 * here by their words.
 */
import type { Sample } from '../../samples/sample.ts';
import { sourceAt } from './benchmark-index.ts';
import type { BenchmarkItem } from './benchmark-item.ts';
import { datatroveForm } from './datatrove-form.ts';
import { excerptOf } from './excerpt.ts';
import { GramTable, Pool } from './gram-table.ts';
import type { ReferenceTool } from './reference-tool.ts';
import type { Match } from './report/findings.ts';
import { WordScanner } from './word-scanner.ts';

/** Settings by datatrove's names, with its defaults. */
export interface DatatroveOptions {
  /** `n_grams`. Default 12. */
  readonly n?: number;
  /** `find_query_ngrams`: grams of the question alone. Default false. */
  readonly queryNgrams?: boolean;
  /** `find_overlap_ngrams`: grams that begin in the question and end in the answer. Default true. */
  readonly overlapNgrams?: boolean;
}

/** A question with one of its answers in the pool. */
interface Pair {
  readonly base: number;
  readonly item: BenchmarkItem;
  readonly answer: string;
}

/** A gram that a text shares with a benchmark; `place` is where it stands in the pool. */
export interface Gram {
  /** The gram's first word in the text. */
  readonly start: number;
  readonly place: number;
  readonly source: Pair;
}

/** Benchmarks indexed by datatrove's rules; questions with their answers. */
export class DatatroveIndex implements ReferenceTool {
  private readonly options: Required<DatatroveOptions>;
  private readonly form = datatroveForm();
  private readonly scanner = new WordScanner(this.form);
  private readonly pool = new Pool();
  private readonly table: GramTable;
  private readonly sources: Pair[] = [];
  items = 0;

  constructor({ n = 12, queryNgrams = false, overlapNgrams = true }: DatatroveOptions = {}) {
    this.options = { n, queryNgrams, overlapNgrams };
    this.table = new GramTable(n, this.pool);
  }

  /** Distinct grams. */
  get grams(): number {
    return this.table.size;
  }

  add(item: BenchmarkItem): void {
    this.items++;
    const { question: [question = ''] = [], answer: answers = [''] } = item.texts;
    for (const answer of answers) this.addPair(item, question, answer);
  }

  private addPair(item: BenchmarkItem, question: string, answer: string): void {
    const { n, queryNgrams, overlapNgrams } = this.options;
    const asked = this.scanner.scan(question, true).slice();
    const answered = this.scanner.scan(answer, true);
    const numbers = new Uint32Array(asked.length + answered.length);
    numbers.set(asked);
    numbers.set(answered, asked.length);
    const base = this.pool.add(numbers);
    this.sources.push({ base, item, answer });
    const first = overlapNgrams ? Math.max(0, asked.length - n + 1) : asked.length;
    if (queryNgrams) this.table.add(base, asked.length);
    this.table.add(base + first, numbers.length - first);
  }

  /** The first gram of a text that is indexed. */
  find(text: string): Gram | undefined {
    let first: { start: number; place: number } | undefined;
    this.table.match(this.scanner.scan(text), (start, place) => {
      first ??= { start, place };
    });
    return first && { ...first, source: sourceAt(this.sources, first.place) };
  }

  /** The words of a found gram. */
  words(text: string, { start }: Gram): string[] {
    return this.form.words(text).slice(start, start + this.options.n);
  }

  async check({ prompt, reward }: Sample): Promise<Match[]> {
    const text = `${prompt}\n${reward.gold.join('\n')}`;
    const gram = this.find(text);
    if (gram === undefined) return [];
    const { n } = this.options;
    const { start, place, source } = gram;
    const { item, base, answer } = source;
    const pair = `${item.texts.question?.[0] ?? ''}\n${answer}`;
    const sides = {
      sample: excerptOf(this.form, text, start, n),
      benchmark: excerptOf(this.form, pair, place - base, n),
    };
    const side = { benchmark: item.benchmark, item: item.id, benchmarkField: 'text' } as const;
    return [{ n, field: 'text', ...side, words: n, bits: 0, sides }];
  }
}
