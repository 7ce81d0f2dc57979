import { expect, test } from 'vitest';
import { askedOf, changelog, contract, law } from '../../../../../test/construction/provisions-and-releases.ts';
import { rulesToArticles } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(rulesToArticles, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'We have to cite these passages of “Clock agreement” in full. State which of its Articles each of them is in:\n1: “The Keeper shall inspect every Clock within 30 days of the start of a quarter.”\n2: “The Council shall pay within 14 days of receipt of the invoice.”\n3: “The Keeper is not liable for storms, nor for work that was refused in Night Hours.”\n4: “The Repair Time shall not exceed 48 hours.”',
  );
  expect(asked.gold).toEqual(['1: Article 3', '2: Article 5', '3: Article 7', '4: Article 4']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 7.', 'Article 17.')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(rulesToArticles, law, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '援引时须写明出处。请指出《镇区公园管理条例》的下列内容各属于哪一个条文：\n1: “向镇政府报告，应当采用书面形式，在五日内送达。”\n2: “经营摊位的总数不得超过二十个，间隔不得少于五十米。”\n3: “犬只应当由绳索牵引，不得进入儿童游乐场地。”\n4: “养护单位应当在接到报告后四小时内清除倒伏的树木。”',
  );
  expect(asked.gold).toEqual(['1: 第八条', '2: 第七条', '3: 第十二条', '4: 第四条']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(rulesToArticles, changelog)).toBe('too few numbered provisions');
});
