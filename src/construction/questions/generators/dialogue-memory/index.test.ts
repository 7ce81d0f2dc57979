import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { dialogueMemory } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(dialogueMemory, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'In “The Lower Town”, AGNES speaks of “ledger” more than once. Which of these remarks does AGNES make first?',
    ),
    gold: ['A'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(dialogueMemory, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining('在“仪表项目群”中，周远不止一次提到“电池”。下列哪句话是周远最先说的？'),
    gold: ['A'],
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(dialogueMemory, [play]);
  // The first remark lacks the word.
  expect(
    typeof asked === 'string'
      ? asked
      : asked.solve((text) => text.replace(/ledger of year 1700/g, 'book of year 1700')),
  ).toEqual(['B']);
  expect(ask(dialogueMemory, [prose])).toBe('too few turns of a conversation');
});
