/**
 * @file The first pass: how the texts of a dataset and its benchmarks are worded, and what that says of a run that two texts share.
 */

import type { BenchmarkIndex, CheckedTexts, Run, Source } from './benchmark-index.ts';
import { type Field, fields } from './heldout.ts';
import { isSpecificQuestion } from './specific-question.ts';
import { type Parts, Templates } from './templates.ts';
import { originOf, Wording } from './wording.ts';

type Kind = 'direct' | 'context';
const kindOf = (field: Field): Kind => (field === 'context' ? 'context' : 'direct');

/** How often a question is asked, the first answer, and whether all have that one. */
interface Asked {
  samples: number;
  readonly answer: string;
  varies: boolean;
}

/** How the texts of a dataset and its benchmarks are worded: questions and answers, and contexts. */
export class DatasetWording {
  readonly samples: { count: number; readonly words: Record<Kind, number> } = {
    count: 0,
    words: { direct: 0, context: 0 },
  };
  private readonly models: Record<Kind, Wording>;
  private readonly index: BenchmarkIndex;
  private readonly templates = new Templates();
  /** Samples that ask a question of a benchmark and nothing else, by the question's first place. */
  private readonly asked = new Map<number, Asked>();
  private readonly boilerplate: number;
  /** By first place: whether a question asks about one thing, and whether the dataset was seen to hold it. */
  private readonly specific = new Map<number, boolean>();
  private readonly held = new Set<number>();

  constructor(index: BenchmarkIndex, rare: number, boilerplate: number) {
    this.index = index;
    this.boilerplate = boilerplate;
    const direct = index.sources.filter(({ field }) => field !== 'context');
    this.models = {
      direct: new Wording(index.pool, direct, { rare, common: boilerplate }),
      // A context may say the same many times: there, origins alone decide.
      context: new Wording(index.pool, index.sources, { rare, common: Number.POSITIVE_INFINITY }),
    };
    for (const { item, field, text } of direct) {
      // The wordings of one question are one origin.
      this.countText(text, field, [item.texts[field]?.[0] ?? '']);
      this.templates.count(item.benchmark, field, text, this.partsOf(index.scan(text)));
    }
  }

  private countText(text: string, field: Field, origin: readonly string[]): number {
    return this.countNumbers(this.index.scan(text), field, origin);
  }

  private countNumbers(numbers: Uint32Array, field: Field, origin: readonly string[]): number {
    this.models[kindOf(field)].count(numbers, originOf(origin));
    return numbers.length;
  }

  /** Whether a question of a benchmark asks about one thing: then a copy is a copy, however many there are. */
  private isSpecific(source: Source): boolean {
    const first = this.index.firstAsking(source) ?? source;
    const known = this.specific.get(first.base) ?? isSpecificQuestion(this.index, first);
    this.specific.set(first.base, known);
    return known;
  }

  /**
   * Words of a sample's question without whole questions of the benchmarks that were counted before: copies say nothing about how the
   * dataset words things, or a question that is copied often enough would hide itself.
   */
  private withoutCopies(text: string): Uint32Array {
    const numbers = this.index.scan(text).slice();
    for (const { source, start, length } of this.index.runs(numbers, 'question')) {
      if (source.field !== 'question' || length < source.length || !this.isSpecific(source)) continue;
      const { base } = this.index.firstAsking(source) ?? source;
      if (this.held.has(base)) numbers.fill(0, start, start + length);
      this.held.add(base);
    }
    return numbers;
  }

  count({ texts, documents, generator }: CheckedTexts): void {
    this.samples.count++;
    const asked = this.withoutCopies(texts.question ?? '');
    for (const field of fields) {
      const text = texts[field] ?? '';
      const origin = field === 'context' && documents.length > 0 ? documents : [text];
      const numbers = field === 'question' ? asked : this.index.scan(text);
      this.samples.words[kindOf(field)] += this.countNumbers(numbers, field, origin);
    }
    for (const field of ['question', 'answer'] as const) {
      const text = texts[field] ?? '';
      const numbers = field === 'question' ? asked : this.index.scan(text);
      this.templates.count(generator, field, [text, ...documents].join('\n'), this.partsOf(numbers));
    }
    const [source] = this.index.asking(this.index.scan(texts.question ?? ''));
    if (source === undefined) return;
    const answer = texts.answer ?? '';
    const known = this.asked.get(source.base);
    if (known === undefined) this.asked.set(source.base, { samples: 1, answer, varies: false });
    else {
      known.samples++;
      known.varies ||= known.answer !== answer;
    }
  }

  /**
   * Whether this question is asked again and again, of one thing and another: one that names what it asks about is none, nor one that has
   * the same answer each time.
   */
  isBoilerplate(source: Source): boolean {
    if (this.isSpecific(source)) return false;
    const { samples, varies } = this.asked.get(this.index.firstAsking(source)?.base ?? 0) ?? {
      samples: 0,
      varies: false,
    };
    return varies && samples > this.boilerplate;
  }

  private partsOf(numbers: Uint32Array): Parts {
    return { words: new Set(numbers), pairs: this.models.direct.pairs(numbers) };
  }

  /**
   * Different pairs of words of a run that neither the generator's template has nor the benchmark's: what a question of theirs is
   * filled with. In a context a question's words are compared with the generator's questions.
   */
  fillings({ field, source, place, length }: Run, generator: string): number {
    const { templates, models, index } = this;
    const own = field === 'context' ? source.field : field;
    const pairs = [...models.direct.pairs(index.pool.slice(place, place + length))];
    return pairs.filter(
      (pair) =>
        !templates.has(generator, own, 'pairs', pair) &&
        !templates.has(source.item.benchmark, source.field, 'pairs', pair),
    ).length;
  }

  /** Whether few documents of the samples can have this run. */
  isRareInContexts({ place, length }: Run): boolean {
    return this.models.context.isRare(place, length);
  }

  /**
   * Bits of each word of a run: what the questions leave open, and the contexts too where one takes part; nothing where the word is
   * the generator's own.
   */
  bits({ field, source, place, length }: Run, generator: string): Float64Array {
    const kinds = new Set([kindOf(field), kindOf(source.field)]);
    // A short answer must be rare in all texts.
    if (source.field === 'answer' && source.length < this.index.longest) kinds.add('context');
    const [first, second] = [...kinds].map((kind) => this.models[kind].bits(place, length));
    if (first === undefined) return new Float64Array(length);
    return first.map((bits, i) =>
      this.templates.has(generator, field, 'words', this.index.pool.at(place + i))
        ? 0
        : Math.min(bits, second?.[i] ?? bits),
    );
  }

  /** Bits that chance explains for a run: each place of the samples against each of the benchmarks, or each whole question. */
  chance({ n, field, source }: Run, whole: boolean): number {
    const ours = this.samples.words[kindOf(field)];
    if (!whole) return Math.log2((ours + 1) * (this.index.words[kindOf(source.field)] + 1));
    return Math.log2(((field === 'context' ? ours / n : this.samples.count) + 1) * (this.index.items + 1));
  }
}
