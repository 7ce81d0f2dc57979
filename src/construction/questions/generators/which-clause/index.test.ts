import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { whichClause } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(whichClause, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'I need to cite the provision of “Clock agreement” that uses the term “Service Credit” and refers to the Article headed “Relief”. Which of these Articles is it?\n(A) Article 3 (Visits)\n(B) Article 6 (Credits)\n(C) Article 5 (Charges)\n(D) Article 4 (Faults)',
  );
  expect(asked.gold).toEqual(['B']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 6', 'Article 5')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(whichClause, changelog)).toBe('too few numbered provisions');
});
