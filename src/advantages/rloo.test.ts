/** @file RLOO against vectors made by hand and its own definition. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advantages } from './registry.ts';

test('each rollout is held against the mean of the others', () => {
  const rewards = [1, 0, 0, 0.5, 0.2, 0.6];
  const prompts = ['a', 'a', 'a', 'a', 'b', 'b'];
  const tasks = ['EM', 'EM', 'EM', 'EM', 'NDCG', 'NDCG'];
  // a: 1 - 0.5 / 3, 0 - 1.5 / 3 twice, 0.5 - 1 / 3; b: 0.2 - 0.6, 0.6 - 0.2.
  const expected = [5 / 6, -1 / 2, -1 / 2, 1 / 6, -0.4, 0.4];
  const result = advantages('rloo', { rewards, prompts, tasks });
  result.advantages.forEach((value, d) => {
    expect(value).toBeCloseTo(expected[d] ?? Number.NaN, 12);
  });
  expect(result.meanPassRate).toBeNaN();
});

test('a rollout without others keeps its reward', () => {
  const batch = { rewards: [0.7, 0], prompts: ['a', 'b'], tasks: ['EM', 'EM'] };
  expect([...advantages('rloo', batch).advantages]).toEqual([0.7, 0]);
});

test('it is dr-grpo times n / (n - 1), whatever the rewards', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 9 }), (rewards) => {
      const batch = { rewards, prompts: rewards.map(() => 'x'), tasks: rewards.map(() => 'EM') };
      const plain = advantages('dr-grpo', batch).advantages;
      advantages('rloo', batch).advantages.forEach((value, d) => {
        const others = rewards.toSpliced(d, 1);
        const baseline = others.reduce((sum, reward) => sum + reward, 0) / others.length;
        expect(value).toBeCloseTo((rewards[d] ?? 0) - baseline, 9);
        expect(value).toBeCloseTo(((plain[d] ?? 0) * rewards.length) / others.length, 9);
      });
    }),
  );
});
