import { expect, test } from 'vitest';
import type { SampleRow } from '../run/score-samples.ts';
import { alignmentTable } from './alignment.ts';
import { compareSamples, holm } from './compare-runs.ts';
import { publishedRows } from './published.ts';
import { twoSidedP } from './statistics.ts';

const row = (id: string, score: number, benchmark = 'frames', state: SampleRow['state'] = 'ok'): SampleRow => ({
  ...{ benchmark, id, repeat: 0, subset: 'test', cluster: id, state, score, rule: score, judge: null },
  ...{ extracted: '', characters: 1, depth: null, groups: {}, promptTokens: 0, completionTokens: 0 },
});

test('p-values are those of the normal distribution', () => {
  expect([0, 1.959964, -2.575829, 6].map((z) => Number(twoSidedP(z).toFixed(6)))).toEqual([1, 0.05, 0.01, 0]);
});

test('Holm keeps what stays small among many', () => {
  expect(holm([0.001, 0.04, 0.03])).toEqual([true, false, false]);
  expect(holm([0.01, 0.02, 0.04])).toEqual([true, true, true]);
});

test('only items that both runs answered count', () => {
  const before = [row('1', 0), row('2', 1), row('3', 1, 'frames', 'error'), row('4', 1)];
  const after = [row('1', 1), row('2', 1), row('3', 0)];
  const { benchmarks, flips } = compareSamples(before, after, 1);
  expect(benchmarks[0]).toMatchObject({
    better: 1,
    worse: 0,
    unpaired: 2,
    change: { samples: 2, before: 0.5, after: 1 },
  });
  expect(flips).toEqual([{ benchmark: 'frames', id: '1', before: 0, after: 1 }]);
  expect(() => compareSamples(before, [row('9', 1)], 1)).toThrow('share no answered item');
});

test('a gain of a tenth on 400 items is significant, on 20 it is not', () => {
  const runs = (n: number) =>
    [0, 1].map((side) => Array.from({ length: n }, (_, i) => row(String(i), i % 10 === 0 ? side : i % 2)));
  const verdict = (n: number) => {
    const [before = [], after = []] = runs(n);
    return compareSamples(before, after, 1).benchmarks[0]?.significant;
  };
  expect([verdict(400), verdict(20)]).toEqual([true, false]);
});

test('two items that both got worse by the same amount are not significant', () => {
  const verdict = (n: number) => {
    const side = (score: number) => Array.from({ length: n }, (_, i) => row(String(i), score));
    return compareSamples(side(1), side(0), 1).benchmarks[0];
  };
  expect([verdict(2)?.significant, verdict(2)?.p, verdict(8)?.significant]).toEqual([false, 0.5, true]);
});

test('published means are the means of their six columns', () => {
  const six = ['docmath', 'longbench-v2', 'frames', 'mrcr', 'corpusqa', 'longbench-qa'];
  const whole = publishedRows.filter(({ scores }) => six.every((name) => scores[name] !== undefined));
  expect(whole.length).toBeGreaterThan(20);
  const off = whole.filter(({ scores }) => {
    const mean = six.reduce((sum, name) => sum + (scores[name] ?? 0), 0) / 6;
    return Math.abs(mean - (scores.mean ?? 0)) > 0.06;
  });
  // The table itself states 74.74 for GPT-5, where its columns average 74.60.
  expect(off.map(({ model }) => model)).toEqual(['GPT-5']);
});

test('a published figure is inside or outside of our interval, and without coverage there is none', () => {
  const entry = { benchmark: 'frames', score: 0.7, ci95: [0.65, 0.73], coverage: 1 };
  const low = { benchmark: 'mrcr', score: 0.8, ci95: [0.7, 0.9], coverage: 0.9 };
  const summary = { benchmarks: [entry, low], longContextMean: null } as never;
  const rows = alignmentTable(summary, 'GoLongRL-30B-A3B');
  expect(rows.map(({ benchmark, ours, inside }) => [benchmark, ours, inside])).toEqual([
    ['frames', 70, false],
    ['mrcr', null, null],
  ]);
  expect(() => alignmentTable(summary, 'GoLongRL-30B')).toThrow('Did you mean "GoLongRL-30B-A3B"');
});
