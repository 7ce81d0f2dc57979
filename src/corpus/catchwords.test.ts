import { expect, test } from 'vitest';
import { catchwords } from './catchwords.ts';

const parts = [
  'The ramp was closed. The ramp at Norby is old, says the harbour office.',
  'The harbour office asked for a second gate; the winter timetable begins late.',
  'The winter timetable begins when the propeller is repaired, a propeller of bronze.',
];

test('a part is called by the word that stands most in it and least in the others', () => {
  expect(catchwords(parts)).toEqual(['Closed', 'Asked', 'Propeller']);
});

test('no word is used twice, and no word that a name of the texts holds', () => {
  expect(catchwords(['harbour harbour', 'harbour'])).toEqual(['Harbour', undefined]);
  expect(catchwords(parts, ['Old Propeller'])).not.toContain('Propeller');
});
