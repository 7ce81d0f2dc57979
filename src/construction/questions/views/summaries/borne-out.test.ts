import { expect, test } from 'vitest';
import { borneOut, leans, withoutNotes } from './borne-out.ts';

const shown =
  'The mole was finished on 6 June 2024. Six lamps were lost in December 2024. Three departments overspent: they had 6,800 in all. Waiting: 537.';
const borne = (sentence: string): boolean => borneOut(shown, new Set(['6.8'])).by(sentence);

test('days, figures by value and counts in words have to stand in the text', () => {
  expect(borne('It was finished on June 6, 2024, for 6800 or 6.80 million.')).toBe(true);
  // 6 and December stand there, and not as a day.
  expect(borne('It was finished on 6 December 2024.')).toBe(false);
  expect(borne('The list grew to 655.')).toBe(false);
  expect(borne('Three departments overspent.')).toBe(true);
  expect(borne('Five departments overspent.')).toBe(false);
  expect(borne('Overtime rose in every department.')).toBe(false);
  expect(borne('All but one were paid more.')).toBe(false);
  expect(borne('It was the best year in its history.')).toBe(false);
});

test('sentences that lean on others are known, and marks of footnotes are no words', () => {
  expect(leans('Where the two differ the exhibits govern.')).toBe(true);
  expect(leans('No freight of this kind was found.')).toBe(true);
  expect(leans('Revenue grew by 4 per cent.')).toBe(false);
  expect(withoutNotes('地区生产总值[2]242.8亿元')).toBe('地区生产总值242.8亿元');
  expect(withoutNotes('It rose [3] by 10 m.')).toBe('It rose by 10 m.');
});
