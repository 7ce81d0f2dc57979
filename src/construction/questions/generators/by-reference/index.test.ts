import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { byReference } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(byReference, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'The sentence at issue is from “Clock agreement”: “Relief shall be claimed in writing within 10 days after the storm, by notice under …”. Look up the provision that is named at “…” and state the heading of that Article.',
  );
  expect(asked.gold).toEqual(['Notices']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 8', 'Article 2')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(byReference, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '有争议的是《镇区公园管理条例》里的这句话：“养护单位应当每年公布一次账目，保存十年，并按照…的规定报告”。请查到“…”处援引的规定，写明那里规定的期限或时长。',
  );
  expect(asked.gold).toEqual(['五日']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(byReference, changelog)).toBe('too few numbered provisions');
});
