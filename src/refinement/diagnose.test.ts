import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { type TaskId, taskIds } from '../tasks/task.ts';
import { chooseCell, dataRequest, diagnose, lengthName, type Outcome } from './diagnose.ts';

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
  const request = dataRequest(diagnosis.weakest, 500);
  expect(request).toMatchObject({ task: 'T7', length: { from: 32, to: 64 }, samples: 500, clear: true });
  expect(request.reason).toMatch(
    /^T7 at 32K-64K tokens: mean 0\.\d{3} \[.*\] over 40 responses on 20 documents; 0\.6\d\d elsewhere$/,
  );
});

test('where nothing is weaker than chance makes it, the diagnosis is not clear', () => {
  const equal = taskIds.flatMap((task) => scores(task, 0.5, 12, 0.6));
  expect(diagnose(equal, { seed: 1, leastSamples: 10 }).clear).toBe(false);
});

/** Outcomes of 0 and 1 at one rate everywhere, each on a document of its own. */
function uniform(label: string, rate: number, perCell: number): Outcome[] {
  const rng = random(label);
  return taskIds.flatMap((task) =>
    [0.5, 5, 12].flatMap((kiloTokens) =>
      Array.from({ length: perCell }, (_, i) => ({
        task,
        characters: kiloTokens * 4096,
        cluster: `${task} ${kiloTokens} ${i}`,
        score: rng.next() < rate ? 1 : 0,
      })),
    ),
  );
}

test.each([0.05, 0.5, 0.95])(
  'of 60 evaluations without any weakness at rate %d, hardly one is said to have one',
  (rate) => {
    const runs = Array.from({ length: 60 }, (_, i) => uniform(`${rate} ${i}`, rate, 20));
    const found = runs.filter((outcomes) => diagnose(outcomes, { seed: 1, permutations: 300 }).clear).length;
    expect(found).toBeLessThanOrEqual(6);
  },
);

test('a cell of zeros among rare successes has an interval and is no finding; nor is anything where all is right', () => {
  const outcomes = uniform('rare', 0.05, 20).map((one) =>
    one.task === 'T4' && one.characters === 2048 ? { ...one, score: 0 } : one,
  );
  const { cells, clear } = diagnose(outcomes, { seed: 1 });
  const zero = cells.find(({ task, length }) => task === 'T4' && length.from === 0);
  expect([zero?.mean, clear]).toEqual([0, false]);
  expect(zero?.ci95[1]).toBeGreaterThan(0.1);
  const perfect = diagnose(
    outcomes.map((one) => ({ ...one, score: 1 })),
    { seed: 1 },
  );
  expect([perfect.clear, perfect.weakest.mean]).toEqual([false, 1]);
});

test('twenty responses on one document, or three responses, are too few to tell', () => {
  const one = (task: TaskId, score: number, count: number, cluster = 'one'): Outcome[] =>
    Array.from({ length: count }, () => ({ task, characters: 2048, cluster: `${task} ${cluster}`, score }));
  const { cells, weakest } = diagnose([...one('T5', 0, 20), ...scores('T1', 0.5, 40, 0.7)], { seed: 1 });
  expect(cells.map(({ task, enough, clear }) => [task, enough, clear])).toEqual([
    ['T1', true, false],
    ['T5', false, false],
  ]);
  expect(weakest.task).toBe('T1');
  const three = [0, 1, 2].flatMap((i) => one('T5', 0, 1, `${i}`));
  expect(diagnose([...three, ...scores('T1', 0.5, 40, 0.7)], { seed: 1, leastSamples: 3 }).clear).toBe(false);
  expect(() => diagnose(one('T5', 0, 20), { seed: 1 })).toThrow(/5 documents or more/);
});

test('a few coarse outcomes among many steady scores are no finding, and steady low scores are one', () => {
  const steady = (task: TaskId, mean: number): Outcome[] =>
    scores(task, 0.5, 80, 0.5).map((one, i) => ({ ...one, score: mean + 0.01 * (i % 5) }));
  const others = [steady('T1', 0.5), steady('T2', 0.5), steady('T3', 0.5)].flat();
  const coarse = Array.from(
    { length: 5 },
    (_, i): Outcome => ({
      task: 'T8',
      characters: 2048,
      cluster: `c${i}`,
      score: i === 0 ? 1 : 0,
    }),
  );
  expect(diagnose([...others, ...coarse], { seed: 1, leastSamples: 5 }).clear).toBe(false);
  expect(diagnose([...others, ...steady('T9', 0.15)], { seed: 1 }).weakest).toMatchObject({ task: 'T9', clear: true });
});

test('two weaknesses are both clear, and either can be asked for', () => {
  const two = [...healthy, ...scores('T3', 12, 40, 0.05), ...scores('T7', 60, 40, 0.1)];
  const diagnosis = diagnose(two, { seed: 1 });
  expect(diagnosis.cells.filter(({ clear }) => clear).map(({ task }) => task)).toEqual(['T3', 'T7']);
  for (const tokens of ['32K-64K', '32768-65536', undefined]) {
    const cell = chooseCell(diagnosis, { task: 'T7', ...(tokens === undefined ? {} : { tokens }) });
    expect(dataRequest(cell, 9)).toMatchObject({ task: 'T7', length: { from: 32, to: 64 }, clear: true });
  }
  expect(() => chooseCell(diagnosis, { task: 'T7', tokens: '1K-2K' })).toThrow(
    'got T7 1K-2K, the evaluation has T7 0K-1K, T7 16K-32K, T7 32K-64K',
  );
});

test('a cell with few samples is shown and never named', () => {
  const { cells, weakest } = diagnose([...healthy, ...scores('T9', 200, 5, 0)], { seed: 1 });
  expect(cells.at(-1)).toMatchObject({ task: 'T9', length: { from: 128, to: 256 }, samples: 5, mean: 0 });
  expect(weakest.samples).toBe(40);
});

test('too few samples are an error that says what to do', () => {
  expect(() => diagnose(healthy.slice(0, 3), { seed: 1 })).toThrow(/none of 1 cells .* with 20 responses or more/);
});

test('lengths read as ranges', () => {
  expect([lengthName({ from: 0, to: 1 }), lengthName({ from: 1024, to: null })]).toEqual(['0K-1K', 'over 1024K']);
});
