import { expect, test } from 'vitest';
import { askedOf, changelog, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { definitionsTable } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(definitionsTable, contract, 1);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Draw up a schedule of defined terms in “Clock agreement” for “Night Hours”, “Call Charge”, “Service Credit” and “Repair Time”: “term”; “first”, the first of the Articles outside its definition in which it occurs; and “count”, the number of such Articles.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["term","first","count"],"data":[["Night Hours","Article 3","2"],["Call Charge","Article 5","1"],["Service Credit","Article 5","2"],["Repair Time","Article 4","2"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('Repair Time', 'Mending Time')).toBe(false);
});

test('refuses a text without numbered provisions', () => {
  expect(askedOf(definitionsTable, changelog)).toBe('too few numbered provisions');
});

test('a term that the definition of another uses, or nearly every provision, is not asked about', () => {
  const termsIn = (text: string): string => {
    const asked = askedOf(definitionsTable, text, 1);
    return typeof asked === 'string' ? asked : asked.question;
  };
  expect(termsIn(contract)).toContain('Night Hours');
  const leaning = contract.replace('outside of the plan.', 'outside of the plan and of Night Hours.');
  expect(termsIn(leaning)).not.toContain('Night Hours');
  const common = contract.replace(/^(\d\.1) /gm, (head) =>
    head === '1.1 ' ? head : `${head}In Night Hours as by day: `,
  );
  expect(termsIn(common)).not.toContain('Night Hours');
});
