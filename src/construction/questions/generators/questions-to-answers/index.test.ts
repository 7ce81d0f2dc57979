import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { questionsToAnswers } from './index.ts';

/** The replies without a word of their questions. */
const replied = (reply: string) => ({
  ...hearing,
  text: hearing.text.replaceAll(/It was the clerk of year (\d+) who signed, as the book of the \w+ shows\./g, reply),
});
const talk = replied('Mine is the name on leaf $1, beside two others.');

test('asks where the text has the facts, with the gold that the text alone proves', () => {
  const asked = ask(questionsToAnswers, [talk]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('These questions are asked in “Hearing on the bridge”:'),
    gold: ['1: E', '2: B', '3: C', '4: F', '5: G', '6: H'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(typeof asked === 'string' ? [] : asked.gold);
});

test('an answer is quoted from its first word to its second full sentence, and none that is short or a mere yes is quoted', () => {
  const asked = ask(questionsToAnswers, [replied('Yes. Mine is the name on leaf $1.')]);
  const question = typeof asked === 'string' ? asked : asked.question;
  expect(question).toMatch(/^\(A\) Yes\. Mine is the name on leaf \d+\. The others were away that week, /m);
  const short = hearing.text.replaceAll(/It was the clerk[^\n]*/g, 'It was the clerk.');
  expect(ask(questionsToAnswers, [{ ...hearing, text: short }])).toBe(
    'too few questions with answers that can be quoted',
  );
});

test('another text has another answer, and a text without speakers none', () => {
  const asked = ask(questionsToAnswers, [talk]);
  expect(typeof asked === 'string' ? asked : asked.solve((text) => text.replaceAll(/\d/g, '0'))).not.toEqual(
    typeof asked === 'string' ? [] : asked.gold,
  );
  expect(ask(questionsToAnswers, [prose])).toBe('too few turns of a conversation');
});

test('a reply that repeats words of its question, or is of another kind than the others, is not offered', () => {
  expect(ask(questionsToAnswers, [hearing])).toBe('too few questions with answers that can be quoted');
  const some = talk.text.replaceAll(/who signed for the (ledger|ferry|lantern) /g, 'when was money paid for the $1 ');
  const asked = ask(questionsToAnswers, [{ ...talk, text: some }]);
  const question = typeof asked === 'string' ? asked : asked.question;
  expect(new Set(question.match(/, (?:who|when) /g))).toEqual(new Set([', who ']));
});
