/** @file The query language over a small table: what it means, what it refuses, and in which order rows come. */
import { expect, test } from 'vitest';
import { RolloutTable } from '../../index/rollout-table.ts';
import type { StoredGroup } from '../api.ts';
import { compileQuery, selectRows } from './compile.ts';
import { rewardHistogram } from './histogram.ts';
import { sortRows } from './sort.ts';

function rollout(score: number, more: object = {}) {
  const base = { text: '', status: 'ok', state: 'answered', format: 'exact', extracted: '', reason: '' };
  return { ...base, score, tokens: 10, stopReason: 'stop', ...more };
}

function table(): RolloutTable {
  const made = new RolloutTable();
  const add = (step: number, line: number, group: Partial<StoredGroup>) =>
    made.add(
      { sample: `${step}${line}ab`, task: 'T1', prompt: 'p', gold: ['x'], use: 'trained', rollouts: [], ...group },
      line,
      {
        step,
        offset: 0,
        bytes: 0,
      },
    );
  add(1, 0, { task: 'T9', rollouts: [rollout(1, { advantage: 1.5, tokens: 30 }), rollout(0, { advantage: -1.5 })] });
  add(1, 1, { use: 'dropped', rollouts: [rollout(0.25, { state: 'cut', stopReason: 'length' }), rollout(0.25)] });
  add(2, 0, {
    task: 'T2',
    staleness: 1,
    rollouts: [rollout(0, { status: 'timeout', state: 'unreadable' }), rollout(0.5)],
  });
  return made;
}

const selected = (query: string): number[] => [...selectRows(table(), compileQuery(table(), query))];

test.each([
  ['', [0, 1, 2, 3, 4, 5]],
  ['task:T9', [0, 1]],
  ['task:T9,T2', [0, 1, 4, 5]],
  ['-task:T9', [2, 3, 4, 5]],
  ['not task:T9', [2, 3, 4, 5]],
  ['task!=T9', [2, 3, 4, 5]],
  ['reward>0.25', [0, 5]],
  ['reward>=0.25', [0, 2, 3, 5]],
  ['reward:0.25..0.5', [2, 3, 5]],
  ['step:2..', [4, 5]],
  ['step:..1 reward<0.25', [1]],
  ['task:T9 or state:cut', [0, 1, 2]],
  ['task:T9 and reward:1', [0]],
  ['(task:T9 or step:2) reward>0', [0, 5]],
  ['-(task:T9 or step:2)', [2, 3]],
  ['is:truncated', [2]],
  ['is:full', [0]],
  ['is:unjudged', [4]],
  ['is:dropped', [2, 3]],
  ['advantage<0', [1]],
  ['advantage>-9', [0, 1]],
  ['tokens>10', [0]],
  ['staleness:1', [4, 5]],
  ['state:un*', [4]],
  ['sample:10', [0, 1]],
  ['member:1 task:t9', [1]],
])('%j means these rollouts', (query, rows) => {
  expect(selected(query)).toEqual(rows);
});

test.each([
  ['rewrad>1', /Did you mean "reward"/],
  ['reward:high', /expected a number or a range/],
  ['task>T1', /task is a word/],
  ['(task:T1', /character 1: this parenthesis is not closed/],
  ['task:T1)', /closing parenthesis/],
  ['"open', /quotation mark/],
  ['is:fulll', /Did you mean "full"/],
  ['task:T1 or words', /not under "or"/],
  ['-', /query/],
])('%j is refused in words', (query, message) => {
  expect(() => {
    const { texts } = compileQuery(table(), query);
    // A hyphen alone is a word to search for.
    if (texts.length > 0) throw new Error('query: a text');
  }).toThrow(message);
});

test('words beside conditions are searched in texts, and `-` before them wants their absence', () => {
  const { texts, test: holds } = compileQuery(table(), 'task:T9 "Not sure" -again');
  expect(texts).toEqual([
    { needle: 'not sure', wanted: true },
    { needle: 'again', wanted: false },
  ]);
  expect(holds(0)).toBe(true);
  expect(holds(2)).toBe(false);
});

test('rows sort by numbers and by words, both ways, equal ones in their order and absent ones last', () => {
  const columns = table();
  const all = () => selectRows(columns, compileQuery(columns, ''));
  expect([...sortRows(columns, all(), '-reward')]).toEqual([0, 5, 2, 3, 1, 4]);
  expect([...sortRows(columns, all(), 'reward')]).toEqual([1, 4, 2, 3, 5, 0]);
  expect([...sortRows(columns, all(), '-advantage')].slice(0, 2)).toEqual([0, 1]);
  expect([...sortRows(columns, all(), 'advantage')].slice(0, 2)).toEqual([1, 0]);
  expect([...sortRows(columns, all(), 'task')]).toEqual([2, 3, 4, 5, 0, 1]);
  expect([...sortRows(columns, all(), '-task')]).toEqual([0, 1, 4, 5, 2, 3]);
  expect(() => sortRows(columns, all(), 'rewrad')).toThrow(/Did you mean/);
});

test('the histogram counts rollouts with a verdict, full reward apart', () => {
  const { bins, mean } = rewardHistogram(table(), undefined);
  expect(bins[0]).toBe(1);
  expect(bins[5]).toBe(2);
  expect(bins[10]).toBe(1);
  expect(bins[20]).toBe(1);
  expect(bins.reduce((sum, bin) => sum + bin)).toBe(5);
  expect(mean).toBeCloseTo(0.4, 6);
  expect(rewardHistogram(table(), new Uint32Array([4])).mean).toBeNull();
});
