import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { sectionsCiting } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(sectionsCiting, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'We are about to amend “Clock agreement”. Identify all Articles that refer to the Article headed “Credits” without referring to the Article headed “Relief”.',
  );
  expect(asked.gold).toEqual(['Article 1', 'Article 9']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 6', 'Article 5')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(sectionsCiting, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe('“镇区公园管理条例”即将修改，请指明符合下述情形的全部条文：引用了第七条。');
  expect(asked.gold).toEqual(['第五条', '第九条']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(sectionsCiting, changelog)).toBe('too few numbered provisions');
});
