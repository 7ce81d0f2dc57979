import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, prose } from '../../../../../test/construction/talks.ts';
import { speakersRank } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speakersRank, [chat], { language: 'zh' });
  expect(asked).toMatchObject({
    question: expect.stringContaining('在聊天记录《仪表项目群》中，发消息最多的四个人是谁？请按条数从多到少排列。'),
    gold: ['周远', '林晓', '陈默', '高凡'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speakersRank, [chat], { language: 'zh' });
  // One speaker is another.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll('] 周远：', '] 陈默：'))).toEqual([
    '陈默',
    '林晓',
    '高凡',
  ]);
  expect(ask(speakersRank, [prose])).toBe('too few turns of a conversation');
});
