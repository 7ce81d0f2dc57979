import { expect, test } from 'vitest';
import { completeConfig } from './parse-config.ts';
import { learningRateAt } from './policy-step.ts';

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
