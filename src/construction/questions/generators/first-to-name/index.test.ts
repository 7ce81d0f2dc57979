import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { firstToName } from './index.ts';

/** A fourth witness says the name. */
const named = {
  ...hearing,
  text: hearing.text.replace(/(MRS OAKES: It was the clerk of year 18(?!0)[^\n]*) in that office/, '$1 in Tolland'),
};

test('asks who says a name first, with the gold that the text alone proves', () => {
  const asked = ask(firstToName, [named]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('Who is the first to mention Tolland in “Hearing on the bridge”?\n(A) '),
    gold: ['C'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['C']);
});

test('a possessive counts as the name, and a text without speakers is refused', () => {
  const asked = ask(firstToName, [named]);
  expect(
    typeof asked === 'string'
      ? asked
      : asked.solve((text) => text.replace('MISS PELL: It was', 'MISS PELL: It was Tolland’s clerk,')),
  ).toEqual(['D']);
  expect(ask(firstToName, [prose])).toBe('too few turns of a conversation');
});
