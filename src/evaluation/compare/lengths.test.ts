import { expect, test } from 'vitest';
import type { EvaluationRow } from '../heldout.ts';
import { beyondFloor, meanBeyond, tasksUnderFloor, underFloor } from './floors.ts';
import { compareLengths } from './lengths.ts';
import { comparePaired } from './statistics.ts';
import { comparisonTable, lengthTable } from './table.ts';

const rows = (scoreOf: (tokens: number) => number, lengths: readonly number[]): EvaluationRow[] =>
  lengths.map(
    (tokens, i) =>
      ({
        sample: `${i}`,
        task: i % 2 === 0 ? 'T1' : 'T2',
        cluster: `d${i % 10}`,
        status: 'ok',
        score: scoreOf(tokens),
      }) as EvaluationRow,
  );

// Twenty prompts of each: 300, 512, 513, 1,500, 3,000 and 3,500 tokens.
const lengths = [300, 512, 513, 1500, 3000, 3500].flatMap((tokens) => Array.from({ length: 20 }, () => tokens));
const tokensOf = new Map(lengths.map((tokens, i) => [`${i}`, tokens]));
const before = rows(() => 0.25, lengths);
const after = rows((tokens) => (tokens <= 512 ? 0.75 : tokens <= 1500 ? 0.5 : 0), lengths);

test('each question counts in the bin of its prompt, and what is longer than training has a row of its own', () => {
  const found = compareLengths({ sampled: { before, after } }, { tokensOf, longestTrained: 3000, seed: 1 });
  expect(found.map(({ name, sampled, beyondTraining }) => [name, sampled?.samples, beyondTraining])).toEqual([
    ['to 512', 40, false],
    ['512 to 1K', 20, false],
    ['1K to 2K', 20, false],
    ['2K to 4K', 40, false],
    ['over 3,000', 20, true],
  ]);
  expect(found[0]?.sampled).toMatchObject({ before: 0.25, after: 0.75, ci95: [0.5, 0.5] });
  expect(found[4]?.sampled).toMatchObject({ before: 0.25, after: 0, ci95: [-0.25, -0.25] });
  expect(found[0]?.greedy).toBeUndefined();
});

test('a bin that holds nothing else is marked itself, and the table says so', () => {
  const both = { before, after };
  const found = compareLengths({ sampled: both, greedy: both }, { tokensOf, longestTrained: 2048, seed: 1 });
  expect(found.filter(({ beyondTraining }) => beyondTraining).map(({ name }) => name)).toEqual(['2K to 4K']);
  const table = lengthTable(found);
  expect(table).toMatch(/^2K to 4K +40 .* DOWN .* DOWN +longer than any trained on$/m);
  expect(table).toMatch(/^to 512 +40 +0\.250 +0\.750 +\+0\.500 .* up +0\.250 +0\.750/m);
});

test('a gain below the floor is none beyond it', () => {
  expect(beyondFloor({ before: 0.1, after: 0.5 }, 0.3)).toBeCloseTo(0.2, 9);
  expect(beyondFloor({ before: 0.1, after: 0.2 }, 0.3)).toBe(0);
  expect(beyondFloor({ before: 0.6, after: 0.1 }, 0.3)).toBeCloseTo(-0.3, 9);
  expect([0.2, 0.4].map((level) => underFloor({ before: 0.1, after: level }, 0.3))).toEqual([
    'before and after',
    'before',
  ]);
  expect([0.2, 0.4].map((level) => underFloor({ before: 0.3, after: level }, 0.3))).toEqual(['after', undefined]);
});

test('the table of tasks names those under their floor, however much they gained', () => {
  const scores = Array.from({ length: 20 }, (_, i) => [
    { task: 'T1', cluster: `d${i}`, before: 0.1, after: 0.2 },
    { task: 'T2', cluster: `d${i}`, before: 0.1, after: 0.6 },
  ]).flat();
  const comparison = comparePaired(scores, { seed: 1, resamples: 500 });
  const floors = { T1: { reward: 0.25 }, T2: { reward: 0.2 } };
  const table = comparisonTable('Held-out reward', comparison, floors);
  expect(table).toMatch(
    /^T1 EM +20 +0\.250 +0\.100 +0\.200 +\+0\.100 +\[.*\] +\+0\.000 +up, UNDER THE FLOOR before and after$/m,
  );
  expect(table).toMatch(/^T2 Accuracy +20 +0\.200 .* \+0\.400 +up, UNDER THE FLOOR before$/m);
  expect(table).toMatch(/^mean of tasks +40 +0\.225 .* \+0\.200 +up$/m);
  expect(tasksUnderFloor('after', comparison, floors)).toEqual(['T1']);
  expect(meanBeyond(comparison, { T1: { reward: 0.25 } })).toBeUndefined();
});
