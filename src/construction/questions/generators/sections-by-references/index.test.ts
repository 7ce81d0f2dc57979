import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { sectionsByReferences } from './index.ts';
import { asked as words } from './wordings.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(sectionsByReferences, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'How much is each of the following Articles of “Clock agreement” relied on elsewhere in it? Rank them by the number of other Articles that refer to each, highest first.\n- Article 7 (Relief)\n- Article 5 (Charges)\n- Article 8 (Notices)\n- Article 4 (Faults)\n- Article 6 (Credits)',
  );
  expect(asked.gold).toEqual(['Article 8', 'Article 6', 'Article 7', 'Article 4', 'Article 5']);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Article 8', 'Article 7')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(sectionsByReferences, changelog)).toBe('too few numbered provisions');
});

test('the day from which a contract holds is not ranked, and no wording points at what it does not name', () => {
  const dated = contract.replace(
    '5.3 A Call Charge is shown apart.',
    '5.3 This Article comes into force on 1 May 2031.',
  );
  for (let seed = 0; seed < 12; seed++) {
    const asked = askedOf(sectionsByReferences, dated, seed);
    if (typeof asked !== 'string') expect(asked.question).not.toContain('Charges');
  }
  for (const [, text] of words.texts.zh) {
    expect(text).toContain('下列{nouns}');
    expect(text).not.toMatch(/它们|哪一个/);
  }
});
