/** @file The pool: order, deadline, kill, recovery. */
import { expect, test } from 'vitest';
import type { RewardJob } from './job.ts';
import { openRewardPool } from './pool.ts';

/** Two texts whose longest common subsequence takes seconds: the one verifier whose work has no bound but its input. */
const words = (step: number): string => Array.from({ length: 500_000 }, (_, i) => `w${(i * step) % 97}`).join(' ');
const endless: RewardJob = {
  type: 'native',
  spec: { metric: 'Summary', gold: [words(1)], language: 'en' },
  response: `</think>[Answer]${words(7)}`,
  profile: 'hardened',
};
const honest = (value: number): RewardJob => ({
  type: 'upstream',
  row: {
    data_source: 'math_longcot_math_verify',
    solution_str: `<think></think>\\boxed{${value}}`,
    ground_truth: { golden_label: String(value - (value % 2)) },
  },
  profile: 'paper',
});

test('results come in the order of the jobs', async () => {
  const pool = openRewardPool({ workers: 2 });
  const results = await pool.score(Array.from({ length: 300 }, (_, i) => honest(i)));
  expect(results.map(({ score }) => score)).toEqual(Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 1 : 0)));
  expect(pool.pending()).toBe(0);
  await pool.close();
});

test('a verifier that hangs is killed at the deadline and every honest job beside it is answered', async () => {
  const pool = openRewardPool({ workers: 2, deadline: 200 });
  const jobs = Array.from({ length: 60 }, (_, i) => (i % 30 === 7 ? endless : honest(2 * i)));
  const results = await pool.score(jobs);
  expect(results.filter(({ status }) => status === 'timeout')).toHaveLength(2);
  expect(results.filter(({ status, score }) => status === 'ok' && score === 1)).toHaveLength(58);
  expect(results[7]).toMatchObject({
    status: 'timeout',
    score: 0,
    task: 'Summary',
    reason: 'no verdict within 200 ms',
  });
  expect(pool.restarts()).toBe(2);
  await pool.close();
});

test('large jobs never take the first thread, so that ordinary ones pass them', async () => {
  const pool = openRewardPool({ workers: 2, deadline: 60_000 });
  const large = pool.score([endless, endless]);
  const outcome = expect(large).rejects.toThrow('closed');
  expect((await pool.score([honest(2)]))[0]).toMatchObject({ score: 1, status: 'ok' });
  expect(pool.pending()).toBe(2);
  await pool.close();
  await outcome;
});

test('a closed pool refuses jobs and fails those that wait', async () => {
  const pool = openRewardPool({ workers: 1, deadline: 60_000 });
  const waiting = pool.score([endless]);
  const outcome = expect(waiting).rejects.toThrow('closed');
  await pool.close();
  await outcome;
  await expect(pool.score([honest(2)])).rejects.toThrow('closed');
});
