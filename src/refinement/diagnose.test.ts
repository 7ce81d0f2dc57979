import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { dataRequest, diagnose, lengthName, type Outcome } from './diagnose.ts';

/** Noisy scores around `mean`, two samples a document. */
function scores(task: TaskId, kiloTokens: number, count: number, mean: number): Outcome[] {
  const rng = random(7, task, String(kiloTokens));
  return Array.from({ length: count }, (_, i) => ({
    task,
    characters: kiloTokens * 4096,
    cluster: `${task}-${i >> 1}`,
    score: rng.next() < mean ? 1 : 0,
  }));
}

const healthy = taskIds.flatMap((task) => [...scores(task, 0.5, 40, 0.7), ...scores(task, 30, 40, 0.6)]);

test('a planted weakness is found, said to be clear, and asked for', () => {
  const planted = [...healthy, ...scores('T7', 60, 40, 0.1)];
  const diagnosis = diagnose(planted, { seed: 1 });
  expect(diagnosis.weakest).toMatchObject({ task: 'T7', length: { from: 32, to: 64 }, samples: 40 });
  expect(diagnosis.clear).toBe(true);
  const request = dataRequest(diagnosis, 500);
  expect(request).toMatchObject({ task: 'T7', length: { from: 32, to: 64 }, samples: 500 });
  expect(request.reason).toMatch(/^T7 at 32K-64K tokens: mean 0\.\d{3} \[.*\] over 40 responses; 0\.6\d\d elsewhere$/);
});

test('where nothing is weaker than chance makes it, the diagnosis is not clear', () => {
  const equal = taskIds.flatMap((task) => scores(task, 0.5, 12, 0.6));
  expect(diagnose(equal, { seed: 1, leastSamples: 10 }).clear).toBe(false);
});

test('a cell with few samples is shown and never named', () => {
  const { cells, weakest } = diagnose([...healthy, ...scores('T9', 200, 5, 0)], { seed: 1 });
  expect(cells.at(-1)).toMatchObject({ task: 'T9', length: { from: 128, to: 256 }, samples: 5, mean: 0 });
  expect(weakest.samples).toBe(40);
});

test('too few samples are an error that says what to do', () => {
  expect(() => diagnose(healthy.slice(0, 3), { seed: 1 })).toThrow(/none of 1 cells .* with 20 or more/);
});

test('lengths read as ranges', () => {
  expect([lengthName({ from: 0, to: 1 }), lengthName({ from: 1024, to: null })]).toEqual(['0K-1K', 'over 1024K']);
});
