import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { linesToSpeakers } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(linesToSpeakers, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('These lines come from “The Lower Town”. Who says each of them?'),
    gold: ['1: CONRAD', '2: AGNES', '3: AGNES', '4: FELIX', '5: CONRAD', '6: BERTRAM', '7: GERTRUDE', '8: DOROTHY'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(linesToSpeakers, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining('下面这些话都出自聊天记录《仪表项目群》，每句分别是谁写的？'),
    gold: ['1: 周远', '2: 林晓', '3: 周远', '4: 陈默', '5: 林晓', '6: 陈默'],
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(linesToSpeakers, [play]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(linesToSpeakers, [prose])).toBe('too few turns of a conversation');
});

test('half a sentence is not quoted', () => {
  const text = play.text.replaceAll(/I tell you that the (ferry|lantern|cellar)/g, 'Because I tell you that the $1');
  const asked = ask(linesToSpeakers, [{ ...play, text }]);
  expect(typeof asked === 'string' ? asked : asked.question).not.toMatch(/^\d: Because/m);
});
