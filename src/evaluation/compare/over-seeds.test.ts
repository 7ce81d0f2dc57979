/** @file The t test over seeds against printed tables of Student's distribution, and against trials drawn by chance. */
import { expect, test } from 'vitest';
import { random } from '../../random.ts';
import { detectableDifference, overSeeds, studentWithin } from './over-seeds.ts';

test('the distribution equals the printed table', () => {
  const table = [
    [1, 12.706, 0.95],
    [2, 4.303, 0.95],
    [3, 3.182, 0.95],
    [4, 2.776, 0.95],
    [4, 4.604, 0.99],
    [4, 0.941, 0.6],
    [9, 2.262, 0.95],
    [30, 2.042, 0.95],
  ] as const;
  for (const [freedom, t, within] of table) expect(studentWithin(t, freedom)).toBeCloseTo(within, 3);
});

test('an interval by hand: three seeds', () => {
  const { mean, ci95, p } = overSeeds([0.01, 0.03, 0.02]);
  // Standard error 0.01 / sqrt(3), t of two degrees 4.303 (95 %) and 1.061 (60 %).
  expect(mean).toBeCloseTo(0.02, 12);
  expect(ci95[0]).toBeCloseTo(0.02 - 0.02484, 4);
  expect(ci95[1]).toBeCloseTo(0.02 + 0.02484, 4);
  expect(p).toBeCloseTo(0.0742, 3);
});

test('one seed says nothing, none is an error, seeds that agree exactly leave no doubt', () => {
  expect(overSeeds([0.2])).toEqual({ mean: 0.2, ci95: [-Infinity, Infinity], p: 1 });
  expect(detectableDifference([0.2])).toBe(Infinity);
  expect(() => overSeeds([])).toThrow('got no seeds');
  expect(overSeeds([0.25, 0.25, 0.25]).p).toBe(0);
  expect(overSeeds([0, 0, 0]).p).toBe(1);
});

test('a difference as large as could be seen is found in about four of five trials, at either level', () => {
  const rng = random(1, 'power');
  const normal = () => Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
  // Of twenty seeds the deviation is known well enough; five would need the distribution that is not central.
  const seeds = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : -1) * Math.sqrt(19 / 20));
  for (const level of [0.05, 0.005]) {
    const shift = detectableDifference(seeds, level);
    const trials = Array.from({ length: 2000 }, () => overSeeds(seeds.map(() => shift + normal())));
    const found = trials.filter(({ p }) => p < level).length / trials.length;
    expect(found).toBeGreaterThan(0.75);
    expect(found).toBeLessThan(0.85);
  }
  // By hand: two degrees of freedom, standard error 0.005774, t of 4.303 and 1.061.
  expect(detectableDifference([0.01, 0.03, 0.02])).toBeCloseTo((4.303 + 1.061) * 0.005774, 4);
});

test('of trials without a difference one in twenty excludes zero', () => {
  const rng = random(1, 'trials');
  const normal = () => Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
  const trials = Array.from({ length: 2000 }, () => overSeeds(Array.from({ length: 5 }, normal)));
  const excluded = trials.filter(({ ci95: [low, high] }) => low > 0 || high < 0);
  expect(excluded.length / trials.length).toBeGreaterThan(0.035);
  expect(excluded.length / trials.length).toBeLessThan(0.065);
  expect(trials.filter(({ p }) => p < 0.05)).toEqual(excluded);
});
