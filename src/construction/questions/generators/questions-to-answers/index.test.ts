import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { questionsToAnswers } from './index.ts';

test('asks in both languages where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(questionsToAnswers, [hearing]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('These questions are asked in “Hearing on the bridge”:'),
    gold: ['1: D', '2: B', '3: C', '4: F', '5: A', '6: G', '7: E'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(questionsToAnswers, [hearing]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(questionsToAnswers, [prose])).toBe('too few turns of a conversation');
});
