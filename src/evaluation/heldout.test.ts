import { expect, test } from 'vitest';
import { comparePaired } from './compare/statistics.ts';
import { comparisonTable, verdict } from './compare/table.ts';
import { type EvaluationRow, pairScores, selectHeldout } from './heldout.ts';

const row = (
  sample: string,
  rollout: number,
  score: number,
  status: EvaluationRow['status'] = 'ok',
): EvaluationRow => ({
  sample,
  task: 'T1',
  cluster: 'Kenya',
  question: '',
  characters: 400,
  gold: [],
  rollout,
  score,
  status,
  state: 'answered',
  format: 'exact',
  extracted: '',
  reason: '',
  text: '',
  tokens: 1,
  stopReason: 'stop',
});

test('responses to one prompt are averaged and only samples with both sides count', () => {
  const before = [row('a', 0, 0), row('a', 1, 1), row('b', 0, 1)];
  const after = [row('a', 0, 1), row('a', 1, 1), row('c', 0, 1)];
  expect(pairScores(before, after)).toEqual([{ task: 'T1', cluster: 'Kenya', before: 0.5, after: 1 }]);
});

test('a verifier that timed out is no zero', () => {
  const [pair] = pairScores([row('a', 0, 0, 'timeout'), row('a', 1, 1)], [row('a', 0, 1)]);
  expect(pair?.before).toBe(1);
});

test('held-out samples are limited task by task', () => {
  const samples = [1, 2, 3].flatMap((n) => [
    { task: 'T2', id: `x${n}` },
    { task: 'T1', id: `y${n}` },
  ]);
  const chosen = selectHeldout(samples as never, 2).map(({ id }) => id);
  expect(chosen).toEqual(['y1', 'y2', 'x1', 'x2']);
});

test('the table shows change, interval and whether it is significant', () => {
  const pairs = Array.from({ length: 20 }, (_, i) => ({
    task: 'T1',
    cluster: `d${i}`,
    before: 0.2,
    after: 0.2 + (i % 2) * 0.5,
  }));
  const comparison = comparePaired(pairs, { seed: 1, resamples: 2_000 });
  const table = comparisonTable('Held-out reward', comparison);
  expect(table).toMatch(/^T1 EM +20 +0\.200 +0\.450 +\+0\.250 +\[\+0\.1\d\d, \+0\.3\d\d\] +up$/m);
  expect(table).toMatch(/^mean of tasks +20/m);
  expect(verdict({ before: 1, after: 0, ci95: [-0.3, -0.1], samples: 1 })).toBe('down');
  expect(verdict({ before: 1, after: 1, ci95: [-0.1, 0.1], samples: 1 })).toBe('unclear');
});
