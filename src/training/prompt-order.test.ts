import { expect, test } from 'vitest';
import { promptOrder } from './prompt-order.ts';

const samples = [
  ...Array.from({ length: 6 }, (_, i) => ({ task: 'T1', id: `a${i}` })),
  ...Array.from({ length: 3 }, (_, i) => ({ task: 'T2', id: `b${i}` })),
];
const take = (seed: number, from: number, count: number) => {
  const at = promptOrder(samples, seed);
  return Array.from({ length: count }, (_, i) => at(from + i).id);
};

test('tasks take turns, however many samples each has', () => {
  const ids = take(1, 0, 40);
  expect(ids.filter((id) => id.startsWith('a'))).toHaveLength(20);
  for (let block = 0; block < 40; block += 2) {
    expect([ids[block], ids[block + 1]].map((id) => id?.charAt(0)).sort()).toEqual(['a', 'b']);
  }
});

test('an epoch of a task visits each of its samples once', () => {
  const visits = take(1, 0, 12).filter((id) => id.startsWith('a'));
  expect(new Set(visits).size).toBe(6);
});

test('a position alone decides the sample: starting in the middle continues the order', () => {
  expect(take(1, 17, 10)).toEqual(take(1, 0, 27).slice(17));
});

test('seeds differ, and no samples is an error', () => {
  expect(take(1, 0, 20)).not.toEqual(take(2, 0, 20));
  expect(() => promptOrder([], 1)).toThrow('got no samples');
});

test('shuffled: tasks come as often as the samples have them, every sample once an epoch', () => {
  const at = promptOrder(samples, 1, 'shuffled');
  const ids = Array.from({ length: 18 }, (_, i) => at(i).id);
  for (const epoch of [ids.slice(0, 9), ids.slice(9)]) expect(new Set(epoch).size).toBe(9);
  expect(ids.slice(0, 9)).not.toEqual(ids.slice(9));
  expect(promptOrder(samples, 1, 'shuffled')(13).id).toBe(ids[13]);
});
