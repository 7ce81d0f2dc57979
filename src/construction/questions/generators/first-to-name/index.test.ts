import { expect, test } from 'vitest';
import { ask } from '../../../../../test/construction/ask.ts';
import { hearing, prose } from '../../../../../test/construction/talks.ts';
import { firstToName } from './index.ts';

/** A fourth witness says the name; after the first time nobody says it for twenty speeches. */
const named = {
  ...hearing,
  text: hearing.text
    .replace(/(MRS OAKES: It was the clerk of year 18(?!0)[^\n]*) in that office/g, '$1 in Tolland')
    .replace(/(year 18(?:1\d|2[0-8]|49) [^\n]*) in Tolland/g, '$1 in that office'),
};

test('asks who says a name first, with the gold that the text alone proves', () => {
  const asked = ask(firstToName, [named]);
  expect(asked).toMatchObject({
    question: expect.stringContaining('Who is the first to mention Tolland in “Hearing on the bridge”?\n(A) '),
    gold: ['C'],
    readsBack: true,
  });
  expect(typeof asked === 'string' ? asked : asked.question).toMatch(/\(B\) Miss Pell\n\(C\) Mr Drury/);
  expect(typeof asked === 'string' ? asked : asked.solve()).toEqual(['C']);
});

test('a possessive counts as the name, and a text without speakers is refused', () => {
  const asked = ask(firstToName, [named]);
  expect(
    typeof asked === 'string'
      ? asked
      : asked.solve((text) => text.replace('MISS PELL: It was', 'MISS PELL: It was Tolland’s clerk,')),
  ).toEqual(['B']);
  expect(ask(firstToName, [prose])).toBe('too few turns of a conversation');
});

test('a name that comes again at once is refused: one passage has the first who say it', () => {
  expect(ask(firstToName, [hearing])).toBe('no name that several speakers say far apart');
});
