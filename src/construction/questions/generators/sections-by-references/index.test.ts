import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { sectionsByReferences } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(sectionsByReferences, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Which of the following Articles of “Clock agreement” is relied on most elsewhere in it? Rank them by the number of other Articles that refer to them.\n- Article 7 (Relief)\n- Article 5 (Charges)\n- Article 8 (Notices)\n- Article 4 (Faults)\n- Article 6 (Credits)',
  );
  expect(asked.gold).toEqual(['Article 8', 'Article 6', 'Article 7', 'Article 4', 'Article 5']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 8', 'Article 7')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(sectionsByReferences, changelog)).toBe('too few numbered provisions');
});
