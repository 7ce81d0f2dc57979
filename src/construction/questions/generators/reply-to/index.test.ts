import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { replyTo } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(replyTo, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'In “The Lower Town”, AGNES mentions both “bridge” and “saddle” in one speech. Who speaks directly after it?',
    ),
    gold: ['BERTRAM'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(replyTo, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining('在“仪表项目群”中，高凡有一次发言同时提到“报告”和“阀门”，紧接着说话的是谁？'),
    gold: ['周远'],
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(replyTo, [play]);
  // The next speaker is another one.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/\nBERTRAM\./g, '\nEDMUND.'))).toEqual([
    'EDMUND',
  ]);
  expect(ask(replyTo, [prose])).toBe('too few turns of a conversation');
});
