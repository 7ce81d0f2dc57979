/** @file The terms against the estimators themselves, on any batch. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advantages, estimatorNames } from '../../advantages/registry.ts';
import { advantageTerms } from './advantage-terms.ts';

const batches = fc
  .array(
    fc.record({
      task: fc.constantFrom('EM', 'F1_Score', 'Summary'),
      rewards: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((groups) => ({
    rewards: groups.flatMap(({ rewards }) => rewards),
    prompts: groups.flatMap(({ rewards }, x) => rewards.map(() => x)),
    tasks: groups.flatMap(({ task, rewards }) => rewards.map(() => task)),
  }));

test('the terms of every rollout multiply to the advantage that the estimator gives', () => {
  fc.assert(
    fc.property(
      batches,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (batch, alpha, gamma) => {
        for (const name of estimatorNames) {
          const expected = advantages(name, batch, { alpha, gamma }).advantages;
          advantageTerms(name, batch, { alpha, gamma }).forEach(({ reward, centre, scale, weight, advantage }, d) => {
            expect(((reward - centre) / scale) * weight).toBe(advantage);
            expect(advantage).toBeCloseTo(expected[d] ?? Number.NaN, 6);
          });
        }
      },
    ),
  );
});

test('a batch that maxrl refuses has no advantage under it, and those of the others', () => {
  const batch = { rewards: [-1, 1], prompts: ['a', 'a'], tasks: ['EM', 'EM'] };
  const of = (name: 'maxrl' | 'rloo') => advantageTerms(name, batch, { alpha: 0.8, gamma: 1 });
  expect(() => advantages('maxrl', batch)).toThrow('reward 0 is -1');
  expect(of('maxrl').map(({ advantage }) => advantage)).toEqual([Number.NaN, Number.NaN]);
  expect(of('rloo').map(({ advantage }) => advantage)).toEqual([-2, 2]);
});
