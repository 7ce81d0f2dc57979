/** @file The pool: order, deadline, kill, recovery. */
import { expect, test } from 'vitest';
import type { RewardJob } from './job.ts';
import { openRewardPool, type RewardPool } from './pool.ts';

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

test('a verifier that hangs is killed at the deadline and every honest job beside it is answered', {
  tags: ['long'],
}, async () => {
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

test('a row that cannot be written or judged is its own result, and never stops a thread, a batch or the pool', async () => {
  const pool = openRewardPool({ workers: 2 });
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  const row = (extra: unknown): RewardJob => ({
    type: 'upstream',
    row: {
      data_source: 'math_dapo_math_verify',
      solution_str: '1',
      ground_truth: '1',
      extra_info: extra as Record<string, unknown>,
    },
    profile: 'hardened',
  });
  const jobs = [3000, 10_000, 100_000].flatMap((depth) => [honest(4), row({ x: nested(depth) })]);
  const results = await pool.score([...jobs, row(cycle), honest(6)]);
  expect(results.map(({ status }) => status).filter((_, i) => i % 2 === 0 && i < 6)).toEqual(['ok', 'ok', 'ok']);
  expect(results.at(-2)).toMatchObject({ status: 'error', reason: expect.stringContaining('circular') });
  expect(results.at(-1)).toMatchObject({ status: 'ok', score: 1 });
  expect(pool.restarts()).toBe(0);
  expect(await pool.canary()).toMatchObject({ status: 'ok', score: 1 });
  await pool.close();
});

/** What a lack of memory does to a thread. */
function killThreads(pool: RewardPool): void {
  const { slots } = Reflect.get(pool, 'supervised') as { slots: { thread?: { worker: { terminate(): void } } }[] };
  for (const { thread } of slots) thread?.worker.terminate();
}

test('threads that are killed at work are replaced, and every job has its verdict', async () => {
  const pool = openRewardPool({ workers: 2 });
  await pool.score([honest(2)]);
  const scoring = pool.score(Array.from({ length: 600 }, (_, i) => honest(2 * i)));
  killThreads(pool);
  const results = await scoring;
  expect(results.filter(({ status, score }) => status === 'ok' && score === 1)).toHaveLength(600);
  expect(pool.restarts()).toBeGreaterThanOrEqual(2);
  await pool.close();
});

test('a job that no thread takes in time is a timeout that says so', async () => {
  const pool = openRewardPool({ workers: 1, deadline: 60_000, queueDeadline: 100 });
  const blocked = pool.score([endless]);
  const outcome = expect(blocked).rejects.toThrow('closed');
  const [late] = await pool.score([honest(2)]);
  expect(late).toMatchObject({ status: 'timeout', score: 0, reason: 'no thread was free within 100 ms' });
  await pool.close();
  await outcome;
});
