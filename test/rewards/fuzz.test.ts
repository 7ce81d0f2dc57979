/** @file A small share of `npm run fuzz`. */
import { expect, test } from 'vitest';
import { fuzzRewards } from './fuzz.ts';

test('no input crashes or hangs a reward, leaves [0, 1], or is equal one way only', { tags: ['long'] }, () => {
  const { inputs, byKind } = fuzzRewards({ inputs: 600, seed: 7 });
  expect(inputs).toBeGreaterThanOrEqual(600);
  expect(Object.keys(byKind)).toHaveLength(4);
});
