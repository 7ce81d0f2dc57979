import { expect, test } from 'vitest';
import type { Group } from '../rollouts/group.ts';
import { completeConfig } from './parse-config.ts';
import { estimate, learningRateAt } from './policy-step.ts';

const ratesOf = (optimizer: object) => {
  const config = completeConfig({
    model: 'micro',
    data: { train: 'train.jsonl' },
    steps: 6,
    optimizer: { learningRate: 8, ...optimizer },
  });
  return [1, 2, 3, 4, 5, 6].map((step) => learningRateAt(config, step));
};

test.each([
  [{ schedule: 'constant', warmupSteps: 2 }, [4, 8, 8, 8, 8, 8]],
  [{ schedule: 'linear', warmupSteps: 2 }, [4, 8, 6, 4, 2, 0]],
  [{ schedule: 'linear', warmupSteps: 2, finalShare: 0.5 }, [4, 8, 7, 6, 5, 4]],
  [{ schedule: 'cosine', warmupSteps: 2 }, [4, 8, 4 + 4 * Math.SQRT1_2, 4, 4 - 4 * Math.SQRT1_2, 0]],
  [{ schedule: 'cosine', warmupSteps: 12 }, [8 / 12, 16 / 12, 2, 32 / 12, 40 / 12, 4]],
  [{ schedule: 'constant', warmupSteps: 0 }, [8, 8, 8, 8, 8, 8]],
])('%o gives the learning rates %o', (optimizer, expected) => {
  for (const [i, rate] of ratesOf(optimizer).entries()) expect(rate).toBeCloseTo(expected[i] as number, 10);
});

const groupOf = (metric: string, scores: readonly number[]) =>
  ({
    sample: { reward: { metric } },
    rollouts: scores.map((score) => ({ result: { score, status: 'ok' } })),
  }) as unknown as Group;

test('shuffled rewards stay within their task and are not those of the responses', () => {
  const groups = [groupOf('EM', [1, 0, 1, 0]), groupOf('EM', [0, 0, 0, 1]), groupOf('Accuracy', [1, 1, 1, 1])];
  const config = completeConfig({ model: 'micro', data: { train: 'x' }, control: 'shuffled-rewards' });
  const advantagesOf = (step: number, change: object = {}) => [
    ...estimate(
      { ...config, ...change, advantage: { ...config.advantage, type: 'tmn' } },
      groups,
      step,
    ).advantageOf.values(),
  ];
  const plain = advantagesOf(1, { control: undefined });
  expect(advantagesOf(1)).toEqual(advantagesOf(1));
  expect([1, 2, 3].map((step) => advantagesOf(step))).not.toContainEqual(plain);
  // All responses to the other task earn 1: whatever is handed round there, nothing of this task came in.
  expect(advantagesOf(2).slice(8)).toEqual([0, 0, 0, 0]);
  expect(
    advantagesOf(2)
      .slice(0, 8)
      .filter((value) => value > 0),
  ).toHaveLength(3);
});
