import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { play, prose } from '../../../../../test/construction/talks.ts';
import { scenesOrder } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(scenesOrder, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'Here are scenes of “The Lower Town”, each told by everybody who speaks in it and nobody else. Put them in the order in which they come:',
    ),
    gold: ['D', 'E', 'B', 'A', 'C'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(scenesOrder, [play]);
  // A scene has one more speaker.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/\nFELIX\./, '\nHUGH.'))).toEqual(
    undefined,
  );
  expect(ask(scenesOrder, [prose])).toBe('too few turns of a conversation');
});
