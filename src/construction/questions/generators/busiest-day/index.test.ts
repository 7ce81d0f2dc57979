import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { busiestDay } from './index.ts';

test('asks for the messages of the busiest day and for the days on which somebody writes', () => {
  const busiest = ask(busiestDay, [chat], { language: 'zh' });
  expect(busiest).toMatchObject({
    question: expect.stringContaining('在聊天记录《仪表项目群》中，消息最多的那一天一共发了多少条？'),
    gold: ['9'],
    readsBack: true,
  });
  expect(typeof busiest === 'string' ? busiest : busiest.solve()).toEqual(['9']);
  const days = ask(busiestDay, [chat], { language: 'zh', seed: 2 });
  expect(days).toMatchObject({
    question: expect.stringContaining('在聊天记录《仪表项目群》中，高凡在多少个不同的日子里发过消息？'),
    gold: ['4'],
  });
  expect(typeof days === 'string' ? days : days.solve()).toEqual(['4']);
});

test('another text has another answer, and a text without dated messages none', () => {
  const asked = ask(busiestDay, [chat], { language: 'zh' });
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/2024-03-05/g, '2024-03-04'))).toEqual([
    '14',
  ]);
  expect(ask(busiestDay, [prose])).toBe('too few turns of a conversation');
  expect(ask(busiestDay, [play])).toBe('not every message has its day');
});
