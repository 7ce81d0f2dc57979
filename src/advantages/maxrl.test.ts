/** @file MaxRL against vectors made by hand and the properties of its formula. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advantages } from './registry.ts';

const maxrl = (rewards: readonly number[], prompts: readonly string[] = rewards.map(() => 'x')) =>
  advantages('maxrl', { rewards, prompts, tasks: rewards.map(() => 'EM') }).advantages;

test('one success of four weighs three, one of two weighs one; graded rewards are divided by their mean', () => {
  const found = maxrl([1, 0, 0, 0, 1, 0, 0.9, 0.6, 0.3], ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c', 'c']);
  const expected = [3, -1, -1, -1, 1, -1, 0.5, 0, -0.5];
  found.forEach((value, d) => {
    expect(value).toBeCloseTo(expected[d] ?? Number.NaN, 4);
  });
});

test('a group without a success has no advantage, a single rollout its reward', () => {
  expect([...maxrl([0, 0, 0])]).toEqual([0, 0, 0]);
  expect([...maxrl([0.7, 0, 1], ['a', 'b', 'c'])]).toEqual([0.7, 0, 1]);
});

test('with r of n successes their advantages add up to n - r: rare successes weigh most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), (successes, failures) => {
      const rewards = [...Array(successes).fill(1), ...Array(failures).fill(0)] as number[];
      if (rewards.length < 2) return;
      const weight = maxrl(rewards)
        .slice(0, successes)
        .reduce((sum, value) => sum + value, 0);
      expect(weight).toBeCloseTo(failures, 3);
    }),
  );
});

test('rewards in another unit have the same advantages', () => {
  const rewards = [0.2, 0.4, 0.9];
  const scaled = maxrl(rewards.map((reward) => 100 * reward));
  maxrl(rewards).forEach((value, d) => {
    expect(scaled[d]).toBeCloseTo(value, 4);
  });
});

test('a negative reward is refused by its place', () => {
  expect(() => maxrl([0.5, -0.1])).toThrow('maxrl: reward 1 is -0.1, expected 0 or more');
});
