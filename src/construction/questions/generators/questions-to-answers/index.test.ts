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

test('an answer is quoted from its first word to its second full sentence, and none that is short or a mere yes is quoted', () => {
  const replied = (reply: string) => ({ ...hearing, text: hearing.text.replaceAll(/It was the clerk/g, reply) });
  const asked = ask(questionsToAnswers, [replied('Yes. In that year it was the clerk')]);
  const question = typeof asked === 'string' ? asked : asked.question;
  expect(question).toMatch(/^\(A\) Yes\. In that year it was the clerk .* shows\. The others were away that week, /m);
  const short = hearing.text.replaceAll(/It was the clerk[^\n]*/g, 'It was the clerk.');
  expect(ask(questionsToAnswers, [{ ...hearing, text: short }])).toBe(
    'too few questions with answers that can be quoted',
  );
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(questionsToAnswers, [hearing]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(questionsToAnswers, [prose])).toBe('too few turns of a conversation');
});
