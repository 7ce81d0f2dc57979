import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../random.ts';
import { comparePaired, type PairedScore, percentile } from './statistics.ts';
import { verdict } from './table.ts';

const pair = (task: string, cluster: string, before: number, after: number): PairedScore => ({
  task,
  cluster,
  before,
  after,
});

test('percentiles interpolate as textbooks do', () => {
  expect([percentile([1, 2, 3, 4], 0), percentile([1, 2, 3, 4], 0.5), percentile([1, 2, 3, 4], 1)]).toEqual([
    1, 2.5, 4,
  ]);
});

test('a constant gain has an interval of zero width', () => {
  const pairs = Array.from({ length: 30 }, (_, i) => pair('T1', `d${i}`, i / 60, i / 60 + 0.25));
  const { mean } = comparePaired(pairs, { seed: 1, resamples: 2_000 });
  expect(mean.ci95[0]).toBeCloseTo(0.25, 12);
  expect(mean.ci95[1]).toBeCloseTo(0.25, 12);
});

test('the mean is over tasks, not over samples', () => {
  const many = Array.from({ length: 90 }, (_, i) => pair('T1', `d${i}`, 0, 1));
  const few = Array.from({ length: 10 }, (_, i) => pair('T2', `d${i}`, 0, 0));
  const { mean, tasks } = comparePaired([...many, ...few], { seed: 1, resamples: 2_000 });
  expect([mean.before, mean.after, tasks.T1?.after, tasks.T2?.samples]).toEqual([0, 0.5, 1, 10]);
});

test('the interval of independent samples matches the normal approximation', () => {
  const rng = random('statistics.test');
  const pairs = Array.from({ length: 400 }, (_, i) => pair('T1', `d${i}`, 0, rng.chance(0.3) ? 1 : 0));
  const { mean } = comparePaired(pairs, { seed: 3, resamples: 4_000 });
  const half = 1.96 * Math.sqrt((mean.after * (1 - mean.after)) / 400);
  expect(mean.ci95[0]).toBeCloseTo(mean.after - half, 2);
  expect(mean.ci95[1]).toBeCloseTo(mean.after + half, 2);
});

test('ten copies of a document are one observation: the interval is wider than without clusters', () => {
  const outcomes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : 0));
  const clustered = outcomes.flatMap((after, i) => Array.from({ length: 10 }, () => pair('T1', `d${i}`, 0, after)));
  const independent = clustered.map((row, i) => ({ ...row, cluster: `s${i}` }));
  const width = (pairs: PairedScore[]) => {
    const [low, high] = comparePaired(pairs, { seed: 1, resamples: 2_000 }).mean.ci95;
    return high - low;
  };
  // sqrt(10) for clusters of ten identical samples.
  expect(width(clustered) / width(independent)).toBeGreaterThan(2.7);
});

test('the interval covers the true gain about 95 times in 100', () => {
  let covered = 0;
  for (let trial = 0; trial < 150; trial++) {
    const rng = random('coverage', trial);
    const pairs = Array.from({ length: 80 }, (_, i) => {
      const before = rng.next() * 0.5;
      return pair('T1', `d${i}`, before, before + rng.next() * 0.4);
    });
    const [low, high] = comparePaired(pairs, { seed: trial, resamples: 400 }).mean.ci95;
    if (low <= 0.2 && 0.2 <= high) covered++;
  }
  expect(covered / 150).toBeGreaterThan(0.88);
  expect(covered / 150).toBeLessThan(1);
});

test('the same seed gives the same interval and swapping before and after mirrors it', () => {
  const arbitrary = fc.array(
    fc.record({
      cluster: fc.constantFrom('a', 'b', 'c', 'd'),
      before: fc.double({ min: 0, max: 1, noNaN: true }),
      after: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(arbitrary, fc.integer({ min: 0, max: 1000 }), (rows, seed) => {
      const pairs = rows.map((row) => ({ ...row, task: 'T1' }));
      const swapped = pairs.map(({ before, after, ...rest }) => ({ ...rest, before: after, after: before }));
      const there = comparePaired(pairs, { seed, resamples: 100 });
      const back = comparePaired(swapped, { seed, resamples: 100 });
      expect(comparePaired(pairs, { seed, resamples: 100 })).toEqual(there);
      expect(back.mean.ci95[0]).toBeCloseTo(-there.mean.ci95[1], 9);
      expect(back.mean.ci95[1]).toBeCloseTo(-there.mean.ci95[0], 9);
    }),
    { numRuns: 30 },
  );
});

test('a change on fewer than six documents is unclear, however many samples they have and however equal it is', () => {
  const down = (documents: number) => Array.from({ length: 30 }, (_, i) => pair('T6', `d${i % documents}`, 1 / 3, 0));
  for (const documents of [1, 2, 5]) {
    const { tasks, mean } = comparePaired(down(documents), { seed: 1, resamples: 100 });
    expect(
      [tasks.T6, mean].map((change) => change && verdict(change)),
      `${documents}`,
    ).toEqual(['unclear', 'unclear']);
  }
  expect(verdict(comparePaired(down(6), { seed: 1, resamples: 100 }).mean)).toBe('down');
});

test('no samples is an error', () => {
  expect(() => comparePaired([], { seed: 1 })).toThrow('got no samples');
});
