/**
 * @file P4: training samples that repeat a benchmark, in two passes over a stream of them: the first counts how many samples
 * share each gram, the second decides. A gram of more than `boilerplate` samples is a phrase of a template or a licence and
 * ignored (GPT-3's clean-up ignores grams of more than 10 documents); the report names it, so that nothing is ignored unseen.
 * A generator's template is ignored too: a shared run counts only if it holds a word that few (5 %, or up to three) of that
 * generator's questions have. A name or a number makes a run specific; "which countries have the region" is in every build.
 * Memory grows with the benchmarks and the findings, not with the samples.
 */
import type { Sample } from '../../samples/sample.ts';
import type { BenchmarkIndex, CheckedTexts, Match } from './benchmark-index.ts';

export interface Finding {
  readonly sample: string;
  /** One match for each n, field and benchmark item. */
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
  /** Matches that consist of a generator's template words. */
  readonly templateMatches: number;
  readonly boilerplate: readonly { readonly words: string; readonly samples: number }[];
}

/** A sample's three texts; the context is what stands before the question. */
export function checkedTexts({ prompt, question, reward, provenance }: Sample): CheckedTexts {
  const at = question === '' ? prompt.length : prompt.lastIndexOf(question);
  // A prompt that words its question otherwise is all context.
  const context = at < 0 ? prompt : prompt.slice(0, at);
  return {
    texts: { question, answer: reward.gold.join('\n'), context },
    documents: provenance.documents.map(({ id }) => id),
  };
}

export interface BenchmarkOptions {
  /** Samples that may share a gram before it is boilerplate. Default 10. */
  readonly boilerplate?: number;
  readonly onFinding?: (finding: Finding) => void;
}

type Counts = Map<string, { samples: number; readonly words: string }>;

/** How many questions of each generator have a word. */
class Templates {
  private readonly generators = new Map<string, { questions: number; readonly words: Map<string, number> }>();

  count({ provenance, question }: Sample, index: BenchmarkIndex): void {
    const entry = this.generators.get(provenance.generator) ?? { questions: 0, words: new Map<string, number>() };
    entry.questions++;
    for (const word of new Set(index.words(question))) entry.words.set(word, (entry.words.get(word) ?? 0) + 1);
    this.generators.set(provenance.generator, entry);
  }

  /** Whether the words shared by a question are nothing but template. */
  holds({ provenance }: Sample, { field, n, sides }: Match): boolean {
    const entry = this.generators.get(provenance.generator);
    if (field !== 'question' || n === 0 || entry === undefined) return false;
    const least = Math.max(3, 0.05 * entry.questions);
    return sides()
      .sample.shared.split(' ')
      .every((word) => (entry.words.get(word) ?? 0) > least);
  }
}

async function countGrams(
  samples: AsyncIterable<Sample>,
  index: BenchmarkIndex,
  templates: Templates,
): Promise<Counts> {
  const counts: Counts = new Map();
  for await (const sample of samples) {
    templates.count(sample, index);
    const seen = new Set<string>();
    for (const { gram, n, sides } of index.check(checkedTexts(sample))) {
      // A document that a benchmark names is never boilerplate.
      if (n === 0 || seen.has(gram)) continue;
      seen.add(gram);
      const entry = counts.get(gram);
      if (entry === undefined) counts.set(gram, { samples: 1, words: sides().sample.shared });
      else entry.samples++;
    }
  }
  return counts;
}

const increment = (counts: Record<string, number>, keys: Iterable<string>): void => {
  for (const key of new Set(keys)) counts[key] = (counts[key] ?? 0) + 1;
};

/** @param samples Called twice: each call streams the samples from the first. */
export async function decontaminateAgainst(
  index: BenchmarkIndex,
  samples: () => AsyncIterable<Sample>,
  { boilerplate = 10, onFinding }: BenchmarkOptions = {},
): Promise<BenchmarkReport> {
  const templates = new Templates();
  const counts = await countGrams(samples(), index, templates);
  const report = { samples: 0, templateMatches: 0, removed: [] as string[], byKind: {}, byField: {} };
  const items = new Set<string>();
  for await (const sample of samples()) {
    report.samples++;
    const matches = new Map<string, Match>();
    for (const match of index.check(checkedTexts(sample))) {
      if ((counts.get(match.gram)?.samples ?? 0) > boilerplate) continue;
      if (templates.holds(sample, match)) {
        report.templateMatches++;
        continue;
      }
      const key = `${match.n} ${match.field} ${match.benchmark} ${match.item} ${match.benchmarkField}`;
      if (!matches.has(key)) matches.set(key, match);
    }
    if (matches.size === 0) continue;
    const found = [...matches.values()];
    for (const { benchmark, item } of found) items.add(`${benchmark} ${item}`);
    report.removed.push(sample.id);
    const kind = (n: number): string => (n === 0 ? 'document' : index.ns.includes(n) ? String(n) : 'short');
    increment(
      report.byKind,
      found.map(({ n }) => kind(n)),
    );
    increment(
      report.byField,
      found.map(({ field }) => field),
    );
    onFinding?.({ sample: sample.id, matches: found });
  }
  const common = [...counts.values()].filter((entry) => entry.samples > boilerplate);
  return { ...report, benchmarkItems: index.items, repeatedItems: items.size, boilerplate: common };
}
