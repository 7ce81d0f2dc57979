import { expect, test } from 'vitest';
import type { Sample } from '../../samples/sample.ts';
import { MixtureTally } from './mixture-report.ts';

const sampleOf = (id: string, gold: string[], start: number): Sample => ({
  id,
  task: 'T6',
  prompt: '',
  reward: { metric: 'SubEM', gold, language: 'en' },
  question: id,
  rationale: '',
  rendering: 'long',
  split: 'train',
  cluster: 'd',
  tokens: 2048,
  provenance: {
    documents: [],
    evidence: [{ document: 'd', span: { start, end: start + 9 } }],
    generator: 'questions-to-answers',
    generatorVersion: 1,
    seed: id,
    needs: { windows: 1, spread: 9, crackedBy: [] },
  },
});

test('the same facts with their options in another order are taken once', () => {
  const tally = new MixtureTally();
  const add = (id: string, gold: string[], start: number) =>
    tally.add(
      { task: 'T6', tokens: 2048, split: 'train', index: 0 },
      { number: 0, sample: sampleOf(id, gold, start), rejections: [] },
    );
  expect(add('a', ['1: A', '2: B'], 10)).toBeDefined();
  expect(add('b', ['1: B', '2: A'], 10)).toBeUndefined();
  expect(add('c', ['1: B', '2: A'], 50)).toBeDefined();
});

test('of one document, generator and answer no more than two are taken; letters are no answer', () => {
  const tally = new MixtureTally();
  const add = (id: string, gold: string[], start: number) =>
    tally.add(
      { task: 'T4', tokens: 2048, split: 'train', index: 0 },
      { number: 0, sample: sampleOf(id, gold, start), rejections: [] },
    );
  expect([10, 30, 50, 70].map((start) => add(`${start}`, ['46.8'], start) !== undefined)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([110, 130, 150].map((start) => add(`${start}`, ['B', 'A'], start) !== undefined)).toEqual([true, true, true]);
});

test('of one document no more than two questions have the same right option, or put parts of one stretch of text in order', () => {
  const tally = new MixtureTally();
  const add = (task: 'T2' | 'T8', sample: Sample) =>
    tally.add(
      { task, tokens: 2048, split: 'train', index: 0 },
      { number: 0, sample: { ...sample, task }, rejections: [] },
    ) !== undefined;
  const choice = (start: number, right: string): Sample => ({
    ...sampleOf(`choice ${start}`, ['B'], start),
    question: `Who comes?\n(A) Lowe\n(B) ${right}`,
  });
  expect([10, 30, 50].map((start) => add('T2', choice(start, 'Reid')))).toEqual([true, true, false]);
  expect(add('T2', choice(70, 'Moss'))).toBe(true);
  expect([110, 130, 150].map((start) => add('T8', sampleOf(`${start}`, ['B', 'A'], start)))).toEqual([
    true,
    true,
    false,
  ]);
  expect(add('T8', sampleOf('far', ['B', 'A'], 9000))).toBe(true);
});
