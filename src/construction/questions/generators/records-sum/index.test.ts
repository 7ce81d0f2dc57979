import { expect, test } from 'vitest';
import { islands } from '../../../../../test/questions/islands.ts';
import { random } from '../../../../random.ts';
import { wholeAndPart } from '../../views/tables/entries.ts';
import { recordsSum } from './index.ts';

test('a total and its part are told from two parts', () => {
  expect(wholeAndPart('Area - land', 'Area - total')).toBe(true);
  expect(wholeAndPart('Airports', 'Airports - with paved runways - total')).toBe(true);
  expect(wholeAndPart('Area - land', 'Area - water')).toBe(false);
  expect(wholeAndPart('Oil - production', 'Oil - exports')).toBe(false);
});

test('large figures are summed and not averaged', () => {
  const peaks = ['Ness', 'Mawley', 'Tor', 'Brae', 'Skelly'];
  const operations = (times: number) =>
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((seed) => {
      const draft = recordsSum.draw(islands(peaks, times), random(seed));
      return typeof draft === 'string' ? draft : draft.slots.operation;
    });
  expect(new Set(operations(1)).size).toBe(2);
  expect(new Set(operations(1_000_000))).toEqual(new Set(['the total']));
});
