/**
 * @file Which of many cells are weaker than the rest by more than chance explains. Documents are what is independent, so each document
 * of a cell counts once, with the mean of its scores. A cell has to pass two tests at 5 % over all cells together:
 *
 * 1. A permutation test of the largest shortfall (max-T, Westfall and Young 1993): documents are dealt to the cells anew, many times.
 *    Exact where all cells are alike, however rare a success is.
 * 2. The binomial tail at the others' mean, times the number of cells (Bonferroni): scores in [0, 1] vary no more than outcomes of yes
 *    or no with the same mean. It guards a small cell of coarse scores among others whose scores hardly vary.
 *
 * Neither takes its error from the cell itself, where few or equal scores would make it vanish.
 */
import { random } from '../random.ts';

/** One document in one cell. */
export interface Unit {
  readonly cell: number;
  /** Mean score in [0, 1]. */
  readonly score: number;
  /** Its responses. */
  readonly weight: number;
}

/** A cell with its documents counted as far as they are independent; means are of responses. */
export interface CellStatistics {
  readonly mean: number;
  /** Mean of all units outside of the cell; null without any. */
  readonly elsewhere: number | null;
  /** Documents, fewer where some have many more responses than others (Kish). */
  readonly documents: number;
}

/** Statistics of the cells 0 to `cells` - 1. */
export function cellStatistics(units: readonly Unit[], cells: number): CellStatistics[] {
  const sums = Array.from({ length: cells }, () => ({ score: 0, weight: 0, squares: 0 }));
  const all = { score: 0, weight: 0 };
  for (const { cell, score, weight } of units) {
    const own = sums[cell];
    if (own === undefined) throw new RangeError(`cell ${cell} of ${cells}`);
    own.score += weight * score;
    own.weight += weight;
    own.squares += weight * weight;
    all.score += weight * score;
    all.weight += weight;
  }
  return sums.map(({ score, weight, squares }) => ({
    mean: score / weight,
    elsewhere: all.weight > weight ? (all.score - score) / (all.weight - weight) : null,
    documents: weight ** 2 / squares,
  }));
}

/** Probability of at most `most` successes of `count` at `rate`. */
export function binomialTail(most: number, count: number, rate: number): number {
  if (most >= count || rate <= 0) return 1;
  if (rate >= 1) return 0;
  const odds = Math.log(rate / (1 - rate));
  let log = count * Math.log(1 - rate);
  let sum = Math.exp(log);
  for (let i = 0; i < most; i++) {
    log += Math.log((count - i) / (i + 1)) + odds;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** Statistics that a deal of the units changes: sums of the cells. */
interface Sums {
  readonly scores: Float64Array;
  readonly weights: Float64Array;
}

interface Totals {
  readonly score: number;
  readonly weight: number;
  readonly documents: number;
}

/** How far below the others each cell lies, in units of the same unknown spread. */
function shortfalls({ scores, weights }: Sums, documents: readonly number[], total: Totals): Float64Array {
  return scores.map((score, cell) => {
    const own = documents[cell] ?? 0;
    const weight = weights[cell] ?? 0;
    if (weight >= total.weight) return 0;
    const shortfall = (total.score - score) / (total.weight - weight) - score / weight;
    return shortfall / Math.sqrt(1 / own + 1 / Math.max(1, total.documents - own));
  });
}

/** Sums of the cells when unit `order[i]` stands where unit i stood. */
function dealt(units: readonly Unit[], order: readonly number[], cells: number): Sums {
  const [scores, weights] = [new Float64Array(cells), new Float64Array(cells)];
  for (let i = 0; i < units.length; i++) {
    const { cell } = units[i] as Unit;
    const { score, weight } = units[order[i] as number] as Unit;
    scores[cell] = (scores[cell] as number) + weight * score;
    weights[cell] = (weights[cell] as number) + weight;
  }
  return { scores, weights };
}

/** How cells are tested. */
export interface WeakCellOptions {
  readonly seed: number;
  /** Cells that can be named; the others count as the rest. */
  readonly candidates: readonly number[];
  readonly permutations: number;
}

/** For each cell the probability that chance alone makes any candidate that low; 1 for cells that are none. */
export function weakCells(units: readonly Unit[], cells: number, options: WeakCellOptions): number[] {
  const { seed, candidates, permutations } = options;
  const real = cellStatistics(units, cells);
  const documents = real.map((cell) => cell.documents);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const total: Totals = {
    score: sum(units.map(({ score, weight }) => score * weight)),
    weight: sum(units.map(({ weight }) => weight)),
    documents: sum(documents),
  };
  const order = units.map((_, i) => i);
  const observed = shortfalls(dealt(units, order, cells), documents, total);
  const reached = new Float64Array(cells);
  const rng = random(seed, 'weak-cells');
  for (let round = 0; round < permutations; round++) {
    const drawn = shortfalls(dealt(units, rng.shuffle(order), cells), documents, total);
    const largest = Math.max(...candidates.map((cell) => drawn[cell] ?? 0));
    for (const cell of candidates)
      if (largest >= (observed[cell] ?? 0) - 1e-9) reached[cell] = (reached[cell] ?? 0) + 1;
  }
  return real.map(({ mean, elsewhere, documents: own }, cell) => {
    if (!candidates.includes(cell) || elsewhere === null) return 1;
    const count = Math.floor(own);
    const tail = binomialTail(Math.ceil(mean * count - 1e-9), count, elsewhere);
    return Math.min(1, Math.max(((reached[cell] ?? 0) + 1) / (permutations + 1), tail * candidates.length));
  });
}
