import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { whichClause } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(whichClause, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Identify the provision of “Clock agreement” that speaks of “Service Credit” and refers to the Article headed “Relief”; the choice is among four Articles.\n(A) Article 4 (Faults)\n(B) Article 6 (Credits)\n(C) Article 9 (Ending)\n(D) Article 5 (Charges)',
  );
  expect(asked.gold).toEqual(['B']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 6', 'Article 5')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(whichClause, changelog)).toBe('too few numbered provisions');
});
