/** @file The query language over samples. */
import { expect, test } from 'vitest';
import type { SampleRow } from '../dataset-api.ts';
import { sampleTest } from './sample-query.ts';

const row = (more: Partial<SampleRow>): SampleRow => ({
  row: 0,
  id: 'aa11bb22',
  task: 'T3',
  generator: 'records-where',
  subtask: '',
  split: 'train',
  language: 'en',
  tokens: 9000,
  question: 'Which towns?',
  gold: 'Avonlea',
  sources: ['towns.txt', 'sea.txt'],
  licences: ['CC0-1.0'],
  documents: 4,
  windows: 3,
  spread: 700,
  crackedBy: [],
  difficulty: '',
  probe: false,
  model: '',
  repairs: 0,
  imported: '',
  review: undefined,
  ...more,
});

test.each([
  ['task:T3 length:8000..16000 windows>2', {}, true],
  ['windows>2', { windows: undefined }, false],
  ['source:sea.txt', {}, true],
  ['-source:sea*', {}, false],
  ['is:cracked', {}, false],
  ['is:cracked', { crackedBy: ['passages 3'] }, true],
  ['cracked:"passages 3"', { crackedBy: ['passages 3'] }, true],
  ['sample:aa11', {}, true],
  ['is:open', {}, true],
  ['is:rejected', { review: { sample: 'x', verdict: 'reject', at: '' } }, true],
  ['verdict:note "not clear"', { review: { sample: 'x', note: 'Not clear to me', at: '' } }, true],
  ['towns or verdict:accept', {}, true],
  ['is:written', { model: 'a-writer' }, true],
  ['generator!=records-where', {}, false],
] as const)('%s', (query, more, expected) => {
  expect(sampleTest(query)(row(more))).toBe(expected);
});

test('what is wrong with a query is said', () => {
  expect(() => sampleTest('colour:red')).toThrow(/colour/);
  expect(() => sampleTest('windows:many')).toThrow(/expected a number/);
  expect(() => sampleTest('is:__proto__')).toThrow(/is/);
  expect(() => sampleTest('task>T1')).toThrow(/task is a word/);
});
