/**
 * @file The rules by which shared runs are a repetition: how much they say, and how much of which text they are.
 */
import type { Run } from './benchmark-index.ts';
import type { DatasetWording } from './dataset-wording.ts';

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

/** Whether the sample asks the benchmark's question and nothing else: what chance explains is margin enough. */
export const isAsked = ({ field, source, length, of }: Run): boolean =>
  field === 'question' && source.field === 'question' && length === of && length === source.length;

/** A run, its most informative gram, and how many of its words stand in informative ones. */
export interface Weighed {
  readonly run: Run;
  readonly bits: number;
  readonly content: number;
}

/**
 * How much a run says.
 *
 * @param bits Of each word of the run, in order.
 * @param threshold Bits from which a gram is informative.
 */
export function weigh(run: Run, bits: Float64Array, threshold: number): Weighed {
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
export function isRepetition(runs: readonly Weighed[], contextShare: number): boolean {
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
export function isVerbatim(wordings: DatasetWording, runs: readonly Weighed[], generator: string): boolean {
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
