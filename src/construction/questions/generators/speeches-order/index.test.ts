import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { chat, play, prose } from '../../../../../test/construction/talks.ts';
import { speechesOrder } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speechesOrder, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('In what order are these lines spoken in “The Lower Town”?'),
    gold: ['B', 'C', 'H', 'A', 'G', 'F', 'D', 'E'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
  const other = ask(speechesOrder, [chat], { language: 'zh' });
  expect(other).toMatchObject({
    question: expect.stringContaining('下面这些话在“仪表项目群”中是按什么先后顺序说出来的？'),
    gold: ['E', 'B', 'C', 'F', 'A', 'D'],
    readsBack: true,
  });
  expect(typeof other === 'string' ? other : other.solve()).toEqual(typeof other === 'string' ? [] : other.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speechesOrder, [play]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(speechesOrder, [prose])).toBe('too few turns of a conversation');
});
