import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { messageSpan } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(messageSpan, [chat], { language: 'zh' });
  expect(asked).toMatchObject({
    question: expect.stringContaining('在“仪表项目群”中，林晓发消息最多的那一天，从当天第一条到最后一条相隔多少分钟？'),
    gold: ['420'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(messageSpan, [chat], { language: 'zh' });
  // The last message is later.
  expect(
    typeof asked === 'string' ? asked : asked.solve((text) => text.replace('2024-03-04 17:14', '2024-03-04 17:24')),
  ).toEqual(['430']);
  expect(ask(messageSpan, [prose])).toBe('too few turns of a conversation');
  expect(ask(messageSpan, [play])).toBe('not every message has its day and time');
});
