/**
 * @file Before and after by the length of the prompt: does a policy get better where it reads much, and beyond what it was trained on?
 */
import { type EvaluationRow, pairScores } from '../heldout.ts';
import { type Change, comparePaired, type PairedScore } from './statistics.ts';

/** Last tokens of the bins, and what they are called; the last bin has no end. */
const ends = [
  [512, 'to 512'],
  [1024, '512 to 1K'],
  [2048, '1K to 2K'],
  [4096, '2K to 4K'],
  [Number.POSITIVE_INFINITY, 'over 4K'],
] as const;

/** Questions whose prompts have more than `over` tokens, and at most `to`. */
export interface LengthChange {
  readonly name: string;
  readonly over: number;
  /** Absent where there is no end. */
  readonly to?: number | undefined;
  /** Whether all of its prompts are longer than every prompt that was trained on. */
  readonly beyondTraining: boolean;
  readonly sampled?: Change | undefined;
  readonly greedy?: Change | undefined;
}

/** Rows of one way of decoding, before and after. */
export interface BeforeAfter {
  readonly before: readonly EvaluationRow[];
  readonly after: readonly EvaluationRow[];
}

/** What lengths are compared by. */
export interface LengthOptions {
  /** Tokens of the prompt of a sample. */
  readonly tokensOf: ReadonlyMap<string, number>;
  /** Tokens of the longest prompt that was trained on; absent: not known. */
  readonly longestTrained?: number | undefined;
  /** Of the bootstrap. */
  readonly seed: number;
}

type Bin = Pick<LengthChange, 'name' | 'over' | 'to'>;

/** The bins, and all that is longer than training where a bin holds both. */
function binsOf(longestTrained: number | undefined): Bin[] {
  const bins = ends.map(
    ([end, name], i): Bin => ({ name, over: ends[i - 1]?.[0] ?? 0, ...(end < Infinity ? { to: end } : {}) }),
  );
  const divides = longestTrained !== undefined && bins.every(({ over }) => over !== longestTrained);
  return divides ? [...bins, { name: `over ${longestTrained.toLocaleString('en-US')}`, over: longestTrained }] : bins;
}

const inBin = (tokens: number, { over, to = Number.POSITIVE_INFINITY }: Bin): boolean => tokens > over && tokens <= to;

/** The mean over the questions of each bin that has some, whatever their task, with paired intervals over documents. */
export function compareLengths(
  { sampled, greedy }: { readonly sampled: BeforeAfter; readonly greedy?: BeforeAfter | undefined },
  { tokensOf, longestTrained, seed }: LengthOptions,
): LengthChange[] {
  const pairsIn = (bin: Bin, { before, after }: BeforeAfter): PairedScore[] => {
    const own = (rows: readonly EvaluationRow[]) => rows.filter(({ sample }) => inBin(tokensOf.get(sample) ?? 0, bin));
    return pairScores(own(before), own(after)).map((pair) => ({ ...pair, task: bin.name }));
  };
  const changeIn = (bin: Bin, rows: BeforeAfter | undefined): Change | undefined => {
    const pairs = rows === undefined ? [] : pairsIn(bin, rows);
    return pairs.length === 0 ? undefined : comparePaired(pairs, { seed }).tasks[bin.name];
  };
  return binsOf(longestTrained)
    .map((bin) => ({
      ...bin,
      beyondTraining: longestTrained !== undefined && bin.over >= longestTrained,
      sampled: changeIn(bin, sampled),
      greedy: changeIn(bin, greedy),
    }))
    .filter((row) => row.sampled !== undefined);
}
