import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { sectionsCiting } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(sectionsCiting, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'We are about to amend “Clock agreement”. Identify all Articles that refer to the Article headed “Credits”.',
  );
  expect(asked.gold).toEqual(['Article 1', 'Article 4', 'Article 9']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 6', 'Article 5')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(sectionsCiting, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe('《镇区公园管理条例》即将修改，请指明哪些条文里引用了第八条。');
  expect(asked.gold).toEqual(['第三条', '第六条', '第十条', '第十一条']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(sectionsCiting, changelog)).toBe('too few numbered provisions');
});
