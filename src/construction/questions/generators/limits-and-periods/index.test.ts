import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { limitsAndPeriods } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(limitsAndPeriods, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Complete the following extracts from “Clock agreement” and state what all of them come to together, in days.\n1: “The Council shall pay within […] of receipt of the invoice.”\n2: “end this Agreement if the other does not put a breach right within […] of being asked.”\n3: “A temporary repair shall be made permanent within […] of the first call.”',
  );
  expect(asked.gold).toEqual(['95']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('21 days', '22 days')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(limitsAndPeriods, changelog)).toBe('too few numbered provisions');
});
