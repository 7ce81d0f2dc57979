import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { byDefinition } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(byDefinition, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Name the one term defined in “Clock agreement” that is used in the Article headed “Visits” and in the Article headed “Relief”, and in none of the other Articles but the one that defines it.',
  );
  expect(asked.gold).toEqual(['Night Hours']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Night Hours', 'Late Hours')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(byDefinition, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请写出“镇区公园管理条例”所定义的、符合下述情形的唯一术语：除定义处外，只在第三条和第十一条这两处条文中使用。',
  );
  expect(asked.gold).toEqual(['夜间开放']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(byDefinition, changelog)).toBe('too few numbered provisions');
});
