import { expect, test } from 'vitest';
import { batchSource } from './batch-source.ts';
import type { Batch } from './draw-batch.ts';

const batchAt = (position: number): Batch => ({
  drawn: [],
  dropped: [],
  trained: [],
  surplus: 0,
  draws: 1,
  overlong: 0,
  position: position + 10,
  sampling: 0,
  scoring: 0,
});

/** Lets everything that can run without this test's help run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A source whose draws begin and end when the test says; `begun` lists their positions. */
function controlled(maxStaleness: number, batches = 5) {
  const begun: number[] = [];
  const finish: ((error?: Error) => void)[] = [];
  const source = batchSource({
    position: 0,
    batches,
    maxStaleness,
    draw: (position, signal) => {
      begun.push(position);
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        finish.push((error) => (error ? reject(error) : resolve(batchAt(position))));
      });
    },
  });
  return { source, begun, finish };
}

test('with no staleness a batch is begun when it is asked for, after the step before', async () => {
  const { source, begun, finish } = controlled(0, 2);
  const first = source.next();
  await settle();
  expect(begun).toEqual([0]);
  finish[0]?.();
  expect(await first).toMatchObject({ position: 10, staleness: 0 });
  await settle();
  expect(begun).toEqual([0]);
  source.trained();
  const second = source.next();
  await settle();
  expect(begun).toEqual([0, 10]);
  finish[1]?.();
  expect(await second).toMatchObject({ staleness: 0 });
});

test.each([1, 2, 3])('with a staleness of %i as many batches are drawn ahead and no rollout is older', async (most) => {
  const { source, begun, finish } = controlled(most, 8);
  const ages: number[] = [];
  for (let step = 0; step < 8; step++) {
    const next = source.next();
    // Drawing is quick: everything that may be drawn ahead is.
    for (let turn = 0; turn < 4; turn++) {
      await settle();
      for (const end of finish) end();
    }
    ages.push((await next).staleness);
    expect(begun.length).toBe(Math.min(8, step + 1 + most));
    source.trained();
  }
  expect(begun).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  expect(ages).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((step) => Math.min(step, most)));
});

test('a batch that was begun after the update is not called old', async () => {
  const { source, finish } = controlled(1);
  const first = source.next();
  await settle();
  finish[0]?.();
  await first;
  // Trained before the second draw had a chance to begin.
  source.trained();
  const second = source.next();
  await settle();
  finish[1]?.();
  expect((await second).staleness).toBeLessThanOrEqual(1);
});

test('what a draw throws comes out where its batch is asked for, and the batches after it with it', async () => {
  const { source, begun, finish } = controlled(1);
  const first = source.next();
  await settle();
  finish[0]?.();
  await first;
  await settle();
  finish[1]?.(new Error('the server is gone'));
  source.trained();
  await expect(source.next()).rejects.toThrow('the server is gone');
  source.trained();
  await expect(source.next()).rejects.toThrow('the server is gone');
  expect(begun).toEqual([0, 10]);
});

test('closing ends the draw in flight', async () => {
  const { source, begun, finish } = controlled(1);
  const first = source.next();
  await settle();
  finish[0]?.();
  await first;
  await settle();
  expect(begun).toEqual([0, 10]);
  await source.close();
  await expect(source.next()).rejects.toThrow();
});
