import { expect, test } from 'vitest';
import { byGuessing } from './guessing.ts';

test('one right letter of four says little, two of two more', () => {
  const letters = [1, 0, 0, 0];
  expect(byGuessing([1], letters)).toBeCloseTo(0.25);
  expect(byGuessing([1, 1], letters)).toBeCloseTo(0.0625);
  expect(byGuessing([1, 0], letters)).toBeCloseTo(1 - 0.75 ** 2);
});

test('part of a reward is held against what guesses earn, not counted as a whole one', () => {
  const orders = [1, 0.6, 0.6, 0.2, 0, 0, 0, 0];
  expect(byGuessing([0.6], orders)).toBeCloseTo(3 / 8);
  expect(byGuessing([0.6, 0.6], orders)).toBeGreaterThan((1 / 8) ** 2 * 4);
  expect(byGuessing([1, 1], orders)).toBeCloseTo(1 / 64);
});

test('nothing earned is always as good as a guess, and anything is more where there is nothing to guess from', () => {
  expect(byGuessing([0, 0], [])).toBe(1);
  expect(byGuessing([0.3], [])).toBe(0);
});
