import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { whichClause } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(whichClause, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Which of the following Articles of “Clock agreement” is the one that refers to the Article headed “Relief” and speaks of “Service Credit”?\n(A) Article 6 (Credits)\n(B) Article 9 (Ending)\n(C) Article 5 (Charges)\n(D) Article 4 (Faults)',
  );
  expect(asked.gold).toEqual(['A']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 6', 'Article 5')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(whichClause, changelog)).toBe('too few numbered provisions');
});
