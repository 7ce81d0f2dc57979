import { expect, test } from 'vitest';
import { askedOf, changelog, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { termsUsed } from './index.ts';

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(termsUsed, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe('《镇区公园管理条例》的定义将要修改，请指明哪些条文里使用了定义的术语“养护单位”。');
  expect(asked.gold).toEqual(['第四条', '第六条', '第十条', '第十一条']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(termsUsed, changelog)).toBe('too few numbered provisions');
});
