import { expect, test } from 'vitest';
import { hasEnglishHeads } from './english-heads.ts';

const table = (head: string, row: string): string => [head, ...new Array(14).fill(row)].join('\n');

test('the headings of a table of figures tell English, others nothing', () => {
  expect(hasEnglishHeads(table('| country | year | pop |', '| Peru | 1952 | 8025700 |'))).toBe(true);
  expect(hasEnglishHeads(table('| pays | année | pop |', '| Pérou | 1952 | 8025700 |'))).toBe(false);
  expect(hasEnglishHeads(table('| x1 | x2 | x3 |', '| 1 | 2 | 3 |'))).toBe(false);
  expect(hasEnglishHeads(`The year and the country.\n${table('| country | year |', '| Peru | 1952 |')}`)).toBe(false);
  expect(hasEnglishHeads('| country | year |\n| Peru | 1952 |')).toBe(false);
});
