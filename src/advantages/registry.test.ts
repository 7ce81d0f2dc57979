/** @file Golden parity with the reference's float32 results, and the properties that the formulas promise. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import type { AdvantageBatch } from './advantage.ts';
import { advantages, type EstimatorName, estimatorNames } from './registry.ts';

interface GoldenBatch {
  rewards: number[];
  prompt_ids: string[];
  tasks: string[];
  alpha: number;
  gamma: number;
  grpo: number[];
  dr_grpo: number[];
  qwenlong: number[];
  tmn: number[];
  tmn_reweight: number[];
  mean_pass_rate: number;
}

const golden = readFileSync(new URL('../../test/golden/advantages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoldenBatch);
const goldenKey = {
  grpo: 'grpo',
  'dr-grpo': 'dr_grpo',
  qwenlong: 'qwenlong',
  tmn: 'tmn',
  'tmn-reweight': 'tmn_reweight',
} as const satisfies Partial<Record<EstimatorName, keyof GoldenBatch>>;

/** What the reference has; the others are held against vectors made by hand in their own tests. */
for (const name of ['grpo', 'dr-grpo', 'qwenlong', 'tmn', 'tmn-reweight'] as const) {
  test(`${name} equals the reference on the golden batches`, () => {
    const errors = golden.map((row) => {
      const batch = { rewards: row.rewards, prompts: row.prompt_ids, tasks: row.tasks };
      const result = advantages(name, batch, { alpha: row.alpha, gamma: row.gamma });
      const expected = row[goldenKey[name]];
      return Math.max(...expected.map((value, d) => Math.abs(value - (result.advantages[d] ?? Number.NaN))));
    });
    expect(errors.length).toBe(200);
    expect(Math.max(...errors)).toBeLessThan(1e-2);
    expect(errors.filter((error) => error < 1e-4).length).toBeGreaterThanOrEqual(196);
  });
}

test('tmn-reweight reports the mean pass rate of the reference', () => {
  for (const row of golden) {
    const batch = { rewards: row.rewards, prompts: row.prompt_ids, tasks: row.tasks };
    const { meanPassRate } = advantages('tmn-reweight', batch, { alpha: row.alpha, gamma: row.gamma });
    expect(meanPassRate).toBeCloseTo(row.mean_pass_rate, 5);
  }
});

/** Groups of 2 to 8 rollouts of up to six prompts in up to three tasks. */
const batches = fc
  .array(
    fc.record({
      task: fc.constantFrom('EM', 'F1_Score', 'NDCG'),
      rewards: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(
    (groups): AdvantageBatch => ({
      rewards: groups.flatMap((group) => group.rewards.map((reward) => reward / 20)),
      prompts: groups.flatMap((group, x) => group.rewards.map(() => x)),
      tasks: groups.flatMap((group) => group.rewards.map(() => group.task)),
    }),
  );

const sumsBy = (keys: readonly (string | number)[], values: Float64Array): number[] => {
  const sums = new Map<string | number, number>();
  keys.forEach((key, d) => {
    sums.set(key, (sums.get(key) ?? 0) + (values[d] ?? 0));
  });
  return [...sums.values()];
};

test('advantages of a group sum to zero under grpo, dr-grpo, tmn, rloo and maxrl, and of a task under qwenlong', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      for (const name of ['grpo', 'dr-grpo', 'tmn', 'rloo', 'maxrl'])
        for (const sum of sumsBy(batch.prompts, advantages(name, batch).advantages))
          expect(Math.abs(sum)).toBeLessThan(1e-6);
      for (const sum of sumsBy(batch.tasks, advantages('qwenlong', batch).advantages))
        expect(Math.abs(sum)).toBeLessThan(1e-6);
    }),
  );
});

test('no estimator depends on the order of the rollouts', () => {
  fc.assert(
    fc.property(batches, fc.constantFrom(...estimatorNames), (batch, name) => {
      const forward = advantages(name, batch).advantages;
      const reversed = advantages(name, {
        rewards: batch.rewards.toReversed(),
        prompts: batch.prompts.toReversed(),
        tasks: batch.tasks.toReversed(),
      }).advantages;
      forward.forEach((value, d) => {
        expect(reversed[reversed.length - 1 - d]).toBeCloseTo(value, 8);
      });
    }),
  );
});

test('a better rollout of a group never has a smaller advantage, whatever the estimator', () => {
  fc.assert(
    fc.property(batches, fc.constantFrom(...estimatorNames), (batch, name) => {
      const values = advantages(name, batch).advantages;
      for (let i = 0; i < values.length; i++)
        for (let j = 0; j < values.length; j++) {
          if (batch.prompts[i] !== batch.prompts[j] || (batch.rewards[i] ?? 0) <= (batch.rewards[j] ?? 0)) continue;
          expect(values[i]).toBeGreaterThanOrEqual((values[j] ?? 0) - 1e-9);
        }
    }),
  );
});

test('grpo does not change when the rewards of a group are shifted and scaled', () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -5, max: 5 }), (batch, scale, shift) => {
      const before = advantages('grpo', batch).advantages;
      const rewards = batch.rewards.map((reward) => reward * scale + shift);
      const after = advantages('grpo', { ...batch, rewards }).advantages;
      before.forEach((value, d) => {
        expect(Math.abs((after[d] ?? 0) - value)).toBeLessThan(1e-3);
      });
    }),
  );
});

test('rewards that are all equal have no advantage within their prompt, whatever the estimator', () => {
  const equal = fc.record({ reward: fc.integer({ min: 0, max: 20 }), rollouts: fc.integer({ min: 2, max: 8 }) });
  fc.assert(
    fc.property(equal, fc.constantFrom(...estimatorNames), ({ reward, rollouts }, name) => {
      const all = Array.from({ length: rollouts });
      const batch = { rewards: all.map(() => reward / 20), prompts: all.map(() => 'x'), tasks: all.map(() => 'EM') };
      for (const value of advantages(name, batch).advantages) expect(Math.abs(value)).toBeLessThan(1e-6);
    }),
  );
});

test('gamma 0 makes tmn-reweight equal to tmn', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      expect(advantages('tmn-reweight', batch, { gamma: 0 }).advantages).toEqual(advantages('tmn', batch).advantages);
    }),
  );
});

test('an unknown estimator gets a suggestion', () => {
  expect(() => advantages('tnm', { rewards: [], prompts: [], tasks: [] })).toThrow(/Did you mean "tmn"\?/);
});

test('an empty task key, a prompt of two tasks, unequal lengths and a reward that is not finite are errors', () => {
  for (const name of estimatorNames) {
    expect(() => advantages(name, { rewards: [1], prompts: ['a'], tasks: [''] })).toThrow(UsageError);
    expect(() => advantages(name, { rewards: [1, 0], prompts: ['a', 'a'], tasks: ['EM', 'IoU'] })).toThrow(/one task/);
    expect(() => advantages(name, { rewards: [1], prompts: [], tasks: ['EM'] })).toThrow(/equal lengths/);
    expect(() => advantages(name, { rewards: [Number.NaN], prompts: ['a'], tasks: ['EM'] })).toThrow(/finite/);
  }
});
