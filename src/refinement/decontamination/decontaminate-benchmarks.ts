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
import type { BenchmarkIndex, CheckedTexts, Run } from './benchmark-index.ts';
import type { BenchmarkItem } from './benchmark-item.ts';
import { DatasetWording } from './dataset-wording.ts';
import type { Excerpt } from './excerpt.ts';
import { fields } from './heldout.ts';
import { isAsked, isRepetition, isVerbatim, type Weighed, weigh } from './repetition.ts';
import type { BenchmarkReport, Finding, Match } from './report/findings.ts';

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

/** Limits between a repetition and mere wording. */
export interface BenchmarkOptions {
  /** Samples that may ask one thing in the same words before it is boilerplate. Default 10. */
  readonly boilerplate?: number;
  /** Different questions, or documents, that may share words before these are wording. Default 3. */
  readonly rare?: number;
  /** Share of the shorter of two contexts. Default 0.25. */
  readonly contextShare?: number;
  /** Bits beyond what chance explains. Default 10. */
  readonly marginBits?: number;
  /** Called with each sample that is removed, and what it shares with which item. */
  readonly onFinding?: (finding: Finding) => void;
}

/** Examples of ignored runs that a report names. */
const namedWordings = 20;

const increment = (counts: Record<string, number>, keys: Iterable<string>): void => {
  for (const key of new Set(keys)) counts[key] = (counts[key] ?? 0) + 1;
};

/**
 * Which samples share a text with an item of a benchmark, beyond what chance and the wording of the dataset explain.
 *
 * @param samples Called twice: each call streams the samples from the first.
 */
export async function decontaminateAgainst(
  index: BenchmarkIndex,
  samples: () => AsyncIterable<Sample>,
  options: BenchmarkOptions = {},
): Promise<BenchmarkReport> {
  const { boilerplate = 10, rare = 3, onFinding } = options;
  const wordings = new DatasetWording(index, rare, boilerplate);
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
  wordings: DatasetWording,
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

function checkSample(
  index: BenchmarkIndex,
  wordings: DatasetWording,
  sample: Sample,
  options: BenchmarkOptions,
): Checked {
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
