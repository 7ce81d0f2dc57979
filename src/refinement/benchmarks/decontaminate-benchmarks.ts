/**
 * @file P4: training samples that repeat a benchmark, in two passes over a stream of them. The first counts how the dataset words
 * things (`wording.ts`); the second decides. A gram of n words is evidence when it carries more bits than chance explains:
 * log2(m n) for texts of m and n words, and ten more (one accident in a thousand sets). Then, by where it stands:
 *
 * - question or answer against question or answer, and a benchmark's question anywhere: one such gram is a hit, as is a whole short
 *   question;
 * - a short question that is the whole question of the sample, and has no context and no other answer, is a hit without that;
 * - so is a whole question, however often the dataset has its words, when eight pairs of them belong to no template; and a whole answer,
 *   in a context unless all of it is usual there. A short answer must say enough to be told by itself, and counts in question and answer alone;
 * - contexts legitimately quote what others quote: two contexts must share a quarter of the shorter one and 50 words of content, or
 *   nearly all of it and 32 words; a benchmark's answer in a context must be there nearly whole, and so must a question or an answer in
 *   a benchmark's context, with 32 words;
 * - a document that a benchmark names is a hit.
 *
 * What matched and was not evidence is counted, so that nothing is ignored unseen. Memory grows with the benchmarks and the findings,
 * not with the samples.
 */
import type { Sample } from '../../samples/sample.ts';
import { type Field, fields } from '../decontaminate.ts';
import type { BenchmarkIndex, CheckedTexts, Run, Source } from './benchmark-index.ts';
import type { BenchmarkItem } from './benchmark-item.ts';
import type { Excerpt } from './excerpt.ts';
import { type Parts, Templates } from './templates.ts';
import { originOf, Wording } from './wording.ts';

/** What a sample shares with an item: its most informative run of this kind. */
export interface Match {
  /** Gram length; a whole short question has its own, a document 0. */
  readonly n: number;
  /** `text`: the sample as one text. */
  readonly field: Field | 'document' | 'text';
  readonly benchmark: string;
  readonly item: string;
  readonly benchmarkField: Field | 'document' | 'text';
  /** Words shared, and bits of their most informative gram; 0 for a document. */
  readonly words: number;
  /** What `words` and `n` count where it is not words. */
  readonly unit?: 'token';
  readonly bits: number;
  readonly sides: { readonly sample: Excerpt; readonly benchmark: Excerpt };
}

export interface Finding {
  readonly sample: string;
  /** One match for each n, field and benchmark text. */
  readonly matches: readonly Match[];
}

export interface BenchmarkReport {
  readonly samples: number;
  readonly benchmarkItems: number;
  /** Benchmark items that some sample repeats. */
  readonly repeatedItems: number;
  readonly removed: readonly string[];
  /** Samples found at each of the index's gram lengths; shorter strings and documents are under `short` and `document`. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly byField: Readonly<Record<string, number>>;
  /** Samples with a shared run that was no evidence: wording, or a quotation in a context. */
  readonly ignored: number;
  /** Examples of what was ignored, the most informative first. */
  readonly wording: readonly { readonly words: string; readonly bits: number; readonly samples: number }[];
}

/** A sample's three texts; the context is what stands before the question. */
export function checkedTexts({ prompt, question, reward, provenance }: Sample): CheckedTexts {
  const at = question === '' ? prompt.length : prompt.lastIndexOf(question);
  // A prompt that words its question otherwise is all context.
  const context = at < 0 ? prompt : prompt.slice(0, at);
  return {
    texts: { question, answer: reward.gold.join('\n'), context },
    documents: provenance.documents.map(({ id }) => id),
    generator: provenance.generator,
  };
}

export interface BenchmarkOptions {
  /** Samples that may ask one thing in the same words before it is boilerplate. Default 10. */
  readonly boilerplate?: number;
  /** Different questions, or documents, that may share words before these are wording. Default 3. */
  readonly rare?: number;
  /** Share of the shorter of two contexts. Default 0.25. */
  readonly contextShare?: number;
  /** Bits beyond what chance explains. Default 10. */
  readonly marginBits?: number;
  readonly onFinding?: (finding: Finding) => void;
}

/** Words of content that two texts share before one of them quotes a context nearly whole (twenty 13-grams), or a part of it. */
const leastQuoted = { whole: 32, part: 50 } as const;

/** Share of an answer that is nearly all of it. */
const nearlyWhole = 0.8;

/** Share of a benchmark's question from which a question is the same one. */
const nearlyEqual = 0.9;

/** Grams that a run of a question is long, so that it is a copy though the rest differs. */
const longRun = 3;

/** Different pairs of words that no template has, from which on a whole question is a copy. */
const leastFillings = 8;

/** Examples of ignored runs that a report names. */
const namedWordings = 20;

type Kind = 'direct' | 'context';
const kindOf = (field: Field): Kind => (field === 'context' ? 'context' : 'direct');

/** How often a question is asked, the first answer, and whether all have that one. */
interface Asked {
  samples: number;
  readonly answer: string;
  varies: boolean;
}

/** How the texts of a dataset and its benchmarks are worded: questions and answers, and contexts. */
class Wordings {
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
    const numbers = this.index.scan(text);
    this.models[kindOf(field)].count(numbers, originOf(origin));
    return numbers.length;
  }

  count({ texts, documents, generator }: CheckedTexts): void {
    this.samples.count++;
    for (const field of fields) {
      const text = texts[field] ?? '';
      const origin = field === 'context' && documents.length > 0 ? documents : [text];
      this.samples.words[kindOf(field)] += this.countText(text, field, origin);
    }
    for (const field of ['question', 'answer'] as const) {
      const text = texts[field] ?? '';
      this.templates.count(generator, field, [text, ...documents].join('\n'), this.partsOf(this.index.scan(text)));
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

  /** Whether this question is asked again and again, of one thing and another; a copied one has the same answer each time. */
  isBoilerplate(source: Source): boolean {
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

/** Whether the sample asks the benchmark's question and nothing else: what chance explains is margin enough. */
const isAsked = ({ field, source, length, of }: Run): boolean =>
  field === 'question' && source.field === 'question' && length === of && length === source.length;

/** A run, its most informative gram, and how many of its words stand in informative ones. */
interface Weighed {
  readonly run: Run;
  readonly bits: number;
  readonly content: number;
}

function weigh(run: Run, bits: Float64Array, threshold: number): Weighed {
  let sum = 0;
  let most = 0;
  let content = 0;
  let covered = 0;
  for (let end = 1; end <= bits.length; end++) {
    sum += (bits[end - 1] ?? 0) - (end > run.n ? (bits[end - 1 - run.n] ?? 0) : 0);
    if (end < run.n) continue;
    most = Math.max(most, sum);
    if (sum < threshold) continue;
    content += end - Math.max(covered, end - run.n);
    covered = end;
  }
  return { run, bits: most, content };
}

/** Whether what a text shares with a text of a benchmark is a repetition. */
function isRepetition(runs: readonly Weighed[], contextShare: number): boolean {
  const [first] = runs;
  if (first === undefined) return false;
  const { field, source, of } = first.run;
  const content = runs.reduce((sum, weighed) => sum + weighed.content, 0);
  if (content === 0) return false;
  if (source.field === 'question' || (field !== 'context' && source.field !== 'context')) return true;
  const share = content / Math.min(source.length, of);
  if (source.field === 'answer') return content / source.length >= nearlyWhole;
  if (share >= nearlyWhole) return content >= leastQuoted.whole;
  return field === 'context' && share >= contextShare && content >= leastQuoted.part;
}

/**
 * Whether a text holds a whole question or answer of a benchmark, or a run of a question much longer than a gram. Then no words are
 * too usual, however often the dataset repeats them, where enough pairs of them are no template: a question that a generator asks of
 * everything coincides in a few names, not in a sentence.
 */
function isVerbatim(wordings: Wordings, runs: readonly Weighed[], generator: string): boolean {
  const longest = runs.map(({ run }) => run).reduce((a, b) => (b.length > a.length ? b : a));
  const { source, field, n, length } = longest;
  if (source.field === 'context' || length < n || source.length < n) return false;
  // An answer may be a phrase that many documents have.
  if (source.field === 'answer' && field === 'context' && !wordings.isRareInContexts(longest)) return false;
  const asked = field === 'question' && source.field === 'question';
  const whole = length >= (asked ? nearlyEqual : 1) * source.length;
  const long = source.field === 'question' && length >= longRun * n;
  if (!whole && !long) return false;
  return wordings.fillings(longest, generator) >= leastFillings && !wordings.isBoilerplate(source);
}

const increment = (counts: Record<string, number>, keys: Iterable<string>): void => {
  for (const key of new Set(keys)) counts[key] = (counts[key] ?? 0) + 1;
};

/** @param samples Called twice: each call streams the samples from the first. */
export async function decontaminateAgainst(
  index: BenchmarkIndex,
  samples: () => AsyncIterable<Sample>,
  options: BenchmarkOptions = {},
): Promise<BenchmarkReport> {
  const { boilerplate = 10, rare = 3, onFinding } = options;
  const wordings = new Wordings(index, rare, boilerplate);
  for await (const sample of samples()) wordings.count(checkedTexts(sample));
  const report = { samples: 0, ignored: 0, removed: [] as string[], byKind: {}, byField: {} };
  const items = new Set<string>();
  const ignored = new IgnoredRuns();
  for await (const sample of samples()) {
    report.samples++;
    const { matches, others } = checkSample(index, wordings, sample, options);
    if (others.length > 0 && matches.length === 0) report.ignored++;
    for (const weighed of others) ignored.add(weighed);
    if (matches.length === 0) continue;
    for (const { benchmark, item } of matches) items.add(`${benchmark} ${item}`);
    report.removed.push(sample.id);
    const kind = (n: number): string => (n === 0 ? 'document' : index.ns.includes(n) ? String(n) : 'short');
    increment(
      report.byKind,
      matches.map(({ n }) => kind(n)),
    );
    increment(
      report.byField,
      matches.map(({ field }) => field),
    );
    onFinding?.({ sample: sample.id, matches });
  }
  return { ...report, benchmarkItems: index.items, repeatedItems: items.size, wording: ignored.named(index) };
}

/** Whether an item stands for itself, and its answer is the sample's or not given. */
function isSameAlone({ form }: BenchmarkIndex, { texts }: BenchmarkItem, answer: string): boolean {
  if (texts.context !== undefined) return false;
  const right = texts.answer ?? [];
  const words = (text: string): string => form.words(text).join(' ');
  return right.length === 0 || [right.join('\n'), ...right].some((text) => words(text) === words(answer));
}

/**
 * A short question that is a benchmark's, word for word, whatever its information. "How many chapters are there?" is asked of many
 * contexts: an item with a context is not repeated by its question then, nor one with another answer, nor what many samples ask.
 */
function equalQuestion(
  index: BenchmarkIndex,
  wordings: Wordings,
  { texts: { question = '', answer = '' }, generator }: CheckedTexts,
): Match | undefined {
  const numbers = index.scan(question);
  const sources = numbers.length < index.longest ? index.asking(numbers) : [];
  const [first] = sources;
  if (first === undefined || wordings.isBoilerplate(first)) return undefined;
  const source = sources.find(({ item }) => isSameAlone(index, item, answer));
  if (source === undefined) return undefined;
  const { base: place, length } = source;
  const run: Run = { n: length, field: 'question', source, start: 0, of: length, place, length };
  return matchOf(index, weigh(run, wordings.bits(run, generator), 0), question);
}

const whole = (text: string): Excerpt => ({ before: '', shared: text, after: '' });

interface Checked {
  readonly matches: Match[];
  /** The best run of each text that is no evidence. */
  readonly others: Weighed[];
}

function checkSample(index: BenchmarkIndex, wordings: Wordings, sample: Sample, options: BenchmarkOptions): Checked {
  const { contextShare = 0.25, marginBits = 10 } = options;
  const checked = checkedTexts(sample);
  const { texts, documents, generator } = checked;
  const others: Weighed[] = [];
  const matches: Match[] = index.named(documents).map(({ id, item }) => {
    const side = { benchmark: item.benchmark, item: item.id, benchmarkField: 'document', words: 0, bits: 0 } as const;
    return { ...side, n: 0, field: 'document', sides: { sample: whole(id), benchmark: whole(id) } };
  });
  const equal = equalQuestion(index, wordings, checked);
  if (equal !== undefined) matches.push(equal);
  for (const field of fields) {
    if (field === 'question' && equal !== undefined) continue;
    const text = texts[field] ?? '';
    const byText = new Map<string, Weighed[]>();
    for (const run of index.runs(index.scan(text), field)) {
      const chance = wordings.chance(run, !index.ns.includes(run.n));
      const weighed = weigh(run, wordings.bits(run, generator), chance + (isAsked(run) ? 0 : marginBits));
      const key = `${run.n} ${run.source.base}`;
      const same = byText.get(key);
      if (same === undefined) byText.set(key, [weighed]);
      else same.push(weighed);
    }
    let other: Weighed | undefined;
    for (const runs of byText.values()) {
      const best = runs.reduce((a, b) =>
        b.content > a.content || (b.content === a.content && b.bits > a.bits) ? b : a,
      );
      if (isRepetition(runs, contextShare) || isVerbatim(wordings, runs, generator))
        matches.push(matchOf(index, best, text));
      else if (other === undefined || best.bits > other.bits) other = best;
    }
    if (other !== undefined) others.push(other);
  }
  return { matches, others };
}

function matchOf(index: BenchmarkIndex, { run, bits }: Weighed, text: string): Match {
  const { n, field, source, length } = run;
  return {
    n,
    field,
    benchmark: source.item.benchmark,
    item: source.item.id,
    benchmarkField: source.field,
    words: length,
    bits: Math.round(bits),
    sides: index.sides(run, text),
  };
}

/** The most informative runs that were no evidence, each with the samples that have it; a bounded list. */
class IgnoredRuns {
  private readonly runs = new Map<number, { best: Weighed; samples: number }>();

  add(weighed: Weighed): void {
    const known = this.runs.get(weighed.run.place);
    if (known === undefined) this.runs.set(weighed.run.place, { best: weighed, samples: 1 });
    else known.samples++;
    if (this.runs.size > 50 * namedWordings) this.shrink(25 * namedWordings);
  }

  private shrink(size: number): void {
    const sorted = [...this.runs].sort(([, a], [, b]) => b.best.bits - a.best.bits).slice(0, size);
    this.runs.clear();
    for (const [place, entry] of sorted) this.runs.set(place, entry);
  }

  named(index: BenchmarkIndex): BenchmarkReport['wording'] {
    this.shrink(namedWordings);
    return [...this.runs.values()].map(({ best: { run, bits }, samples }) => {
      const { source, place, length } = run;
      const words = index.form.words(source.text).slice(place - source.base, place - source.base + length);
      return { words: words.join(' '), bits: Math.round(bits), samples };
    });
  }
}
