import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { play, prose } from '../../../../../test/construction/talks.ts';
import { speakersWhere } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speakersWhere, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'Who in “The Lower Town” speaks in Act I, Scene I as well as in Act II, Scene II? Name everybody who does.',
    ),
    gold: ['AGNES', 'BERTRAM'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speakersWhere, [play]);
  // A third one speaks in both.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/\nCONRAD\./, '\nHUGH.'))).toEqual([
    'AGNES',
    'BERTRAM',
    'HUGH',
  ]);
  expect(ask(speakersWhere, [prose])).toBe('too few turns of a conversation');
});
