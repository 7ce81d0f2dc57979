import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { play, prose } from '../../../../../test/construction/talks.ts';
import { presentInScene } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(presentInScene, [play]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('In “The Lower Town”, who speaks in Act III, Scene I but not in Act I, Scene I?'),
    gold: ['A'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(presentInScene, [play]);
  // The right one speaks in both scenes.
  expect(
    typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/\nAGNES\.|\nGERTRUDE\./, '\nGERTRUDE.')),
  ).toEqual(undefined);
  expect(ask(presentInScene, [prose])).toBe('too few turns of a conversation');
});
