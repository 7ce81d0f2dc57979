import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { speakersNaming } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(speakersNaming, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining(
      'Who mentions Tolland by name in “Hearing on the bridge”? List everyone who does.',
    ),
    gold: ['MR DRURY', 'MRS VANE', 'MISS PELL'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(speakersNaming, [hearing]);
  // Another one says the name.
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replace(/that office/, 'Tolland'))).toEqual([
    'MISS PELL',
    'MR DRURY',
    'MRS VANE',
  ]);
  expect(ask(speakersNaming, [prose])).toBe('too few turns of a conversation');
});
