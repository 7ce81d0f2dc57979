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

test('items of a list that look like headings are none, and a reference to an item is one to its section', () => {
  const part = (number: string, title: string, words: string): string => `${number}. ${title}\n\n${words}\n`;
  const rules = [
    part('1', 'Aim', 'The club sails.'),
    part('2', 'Members', 'Members are admitted as told in §4.2.'),
    part('2.1', 'Dues', 'Dues are fixed as told in §4.2.1 and paid in May.'),
    part('2.2', 'Leaving', 'A member may leave in writing, or as told in section 4.2.'),
    part('3', 'Boats', 'Boats are lent.'),
    part('3.1', 'Repairs', 'Repairs are paid for by the club.'),
    part('4', 'Meetings', 'There are two kinds.'),
    part('4.1', 'Spring', 'It is called in March.'),
    part('4.2', 'Autumn', `It decides:\n\n   1. Votes on dues\n\n   2. Votes on members\n\n   These are open.`),
    part('5', 'End', 'The club ends by a vote.'),
    part('5.1', 'Assets', 'They go to the harbour.'),
    part('A.1', 'Forms', 'Forms are kept.'),
  ].join('\n');
  const asked = askedOf(sectionsCiting, rules, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.gold).toEqual(['section 2', 'section 2.1', 'section 2.2']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});
