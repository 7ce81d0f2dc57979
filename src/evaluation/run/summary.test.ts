import { expect, test } from 'vitest';
import { random } from '../../random.ts';
import { docmath } from '../benchmarks/docmath.ts';
import { longbenchQa } from '../benchmarks/longbench-qa.ts';
import type { SampleRow } from './score-samples.ts';
import { clusteredError, depthBin, lengthBin, summarizeBenchmark, summarizeRepeats } from './summary.ts';
import { summaryTable } from './tables.ts';

const row = (id: string, score: number, more: Partial<SampleRow> = {}): SampleRow => ({
  benchmark: 'docmath',
  id,
  repeat: 0,
  subset: 'a',
  cluster: id,
  state: score > 0 ? 'ok' : 'wrong',
  score,
  rule: score,
  judge: null,
  extracted: String(score),
  characters: 40_000,
  depth: 0.5,
  groups: { kind: 'x' },
  promptTokens: 10,
  completionTokens: 2,
  ...more,
});

const failed = (id: string): SampleRow => row(id, 0, { state: 'error', error: { code: 'http-500', message: '' } });

test('errors lower the coverage and not the score, and below 99 % there is no headline', () => {
  const rows = [row('1', 1), row('2', 1), row('3', 0), failed('4')];
  const summary = summarizeBenchmark(docmath, rows, 1);
  expect(summary).toMatchObject({ samples: 4, coverage: 0.75, scoreErrorsAsZero: 0.5 });
  expect(summary.score).toBeCloseTo(2 / 3, 12);
  const spent = { requests: 0, promptTokens: 0, completionTokens: 0, cost: 0 };
  const table = summaryTable({ benchmarks: [summary], longContextMean: null, spent });
  expect(table).toContain('no headline: 75.0 % answered');
  expect(table).not.toContain('66.7');
});

test('a benchmark that is published by subset weighs its subsets alike', () => {
  const rows = [row('1', 1), row('2', 1), row('3', 1), row('4', 0, { subset: 'b' })];
  expect(summarizeBenchmark(longbenchQa, rows, 1).score).toBe(0.5);
  expect(summarizeBenchmark(docmath, rows, 1).score).toBe(0.75);
});

test('repeats come to avg, pass, all-pass and majority', () => {
  const repeat = (id: string, scores: readonly number[], answers: readonly string[]) =>
    scores.map((score, k) => row(id, score, { repeat: k, extracted: answers[k] ?? '' }));
  const rows = [...repeat('1', [1, 1, 0, 0], ['5', '5', '6', '7']), ...repeat('2', [0, 0, 0, 1], ['9', '9', '9', '3'])];
  const summary = summarizeRepeats(rows, 4);
  expect(summary).toMatchObject({ k: 4, avg: 0.375, majority: 0.5 });
  // One of two of {right, right, wrong, wrong}: 1 - C(2,2)/C(4,2) = 5/6; of {wrong, wrong, wrong, right}: 1/2.
  expect(summary?.passAt['2']).toBeCloseTo((5 / 6 + 1 / 2) / 2, 12);
  expect(summary?.passAt['4']).toBe(1);
  expect(summary?.passHat['2']).toBeCloseTo((1 / 6 + 0) / 2, 12);
  expect(summary?.passHat['1']).toBeCloseTo(0.375, 12);
});

test('an item with a failed repeat stays out of pass@k', () => {
  const rows = [row('1', 1), row('1', 1, { repeat: 1 }), row('2', 0)];
  expect(summarizeRepeats(rows, 2)?.avg).toBe(1);
});

test('the interval of repeated questions is that of questions, not of samples', () => {
  const draw = random('summary.test');
  const questions = Array.from({ length: 60 }, () => Number(draw.chance(0.5)));
  const once = questions.map((score, k) => row(String(k), score));
  const eight = questions.flatMap((score, k) =>
    Array.from({ length: 8 }, (_, repeat) => row(String(k), score, { repeat })),
  );
  const width = (rows: readonly SampleRow[]) => {
    const [low, high] = summarizeBenchmark(docmath, rows, 3).ci95 ?? [0, 0];
    return high - low;
  };
  expect(width(eight)).toBeCloseTo(width(once), 1);
  expect(clusteredError(eight)).toBeCloseTo(clusteredError(once) ?? 0, 12);
  expect(width(once)).toBeGreaterThan(0.2);
});

test('the clustered error of single samples is the textbook one', () => {
  const rows = [1, 0, 1, 1].map((score, k) => ({ cluster: String(k), score }));
  expect(clusteredError(rows)).toBeCloseTo(Math.sqrt(0.1875 / 3), 12);
  expect(clusteredError(rows.slice(0, 1))).toBeNull();
});

test('kappa is agreement beyond chance', () => {
  const pairs = [
    [1, true],
    [1, true],
    [0, false],
    [0, true],
  ] as const;
  const rows = pairs.map(([rule, judge], k) => row(String(k), Number(judge), { rule, judge }));
  expect(summarizeBenchmark(docmath, rows, 1).kappa).toBeCloseTo(0.5, 12);
});

test('bins', () => {
  expect([lengthBin(100), lengthBin(32_768), lengthBin(32_769), lengthBin(5e6)]).toEqual([
    '0K-8K',
    '0K-8K',
    '8K-16K',
    '1024K+',
  ]);
  expect([depthBin(0), depthBin(0.99), depthBin(1)]).toEqual(['0-20 %', '80-100 %', '80-100 %']);
  const { cells } = summarizeBenchmark(docmath, [row('1', 1), row('2', 0)], 1);
  expect(cells).toEqual({ '8K-16K|40-60 %': { samples: 2, score: 0.5 } });
});
