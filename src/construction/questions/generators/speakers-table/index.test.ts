import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { speakersTable } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speakersTable, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('Make a table with the columns “scene”, “first speaker”, “las'),
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : JSON.parse(asked.gold[0] ?? '')).toEqual({
    columns: ['scene', 'first speaker', 'last speaker', 'most frequent speaker', 'speeches'],
    data: [
      ['Act I, Scene I', 'AGNES', 'CONRAD', 'AGNES', '16'],
      ['Act I, Scene II', 'DOROTHY', 'BERTRAM', 'BERTRAM', '16'],
      ['Act II, Scene I', 'FELIX', 'FELIX', 'FELIX', '15'],
      ['Act II, Scene II', 'AGNES', 'BERTRAM', 'AGNES', '15'],
    ],
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(speakersTable, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining(
      '请为聊天记录《仪表项目群》做一张表，每天一行：2024-03-09；2024-03-10；2024-03-11。',
    ),
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : JSON.parse(other.gold[0] ?? '')).toEqual({
    columns: ['日期', '首位发消息者', '末位发消息者', '发消息最多者', '消息数'],
    data: [
      ['2024-03-09', '周远', '周远', '周远', '5'],
      ['2024-03-10', '周远', '林晓', '周远', '6'],
      ['2024-03-11', '周远', '高凡', '周远', '7'],
    ],
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speakersTable, [play]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll('AGNES.', 'HUGH.'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(speakersTable, [prose])).toBe('too few turns of a conversation');
});
