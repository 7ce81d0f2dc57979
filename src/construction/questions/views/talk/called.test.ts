import { expect, test } from 'vitest';
import { called } from './called.ts';

test('a name in capitals is written small, initials are not', () => {
  expect(['MR WREN', 'DR. ROE', 'KM', 'DUKE OF YORK', 'Ann'].map(called)).toEqual([
    ...['Mr Wren', 'Dr. Roe', 'KM', 'Duke of York', 'Ann'],
  ]);
});
