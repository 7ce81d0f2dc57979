import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leakForm, leakWords } from './word-form.ts';
import { WordScanner } from './word-scanner.ts';

/** The words that the scanner reads, told by numbers that single words have. */
function scanned(text: string): string[] {
  const scanner = new WordScanner(leakForm());
  const numbers = [...scanner.scan(text, true)];
  const known = new Map(leakWords(text).map((word) => [scanner.scan(word)[0], word]));
  return numbers.map((number) => known.get(number) ?? `unknown ${number}`);
}

test.each([
  "Don't stop; rock ’n’ roll's dead -- 'quoted' O’Neill",
  '长文本RL，第１２章。ＡＢＣ',
  'Ὀδυσσεύς ΣΟΦΟΣ naïve e\u0301te\u0301 ﬁne ™ 𝒳 x\u200by 1,234.5 ½',
  '\u00a0tab\tline\r\nend…',
  '',
])('the scanner reads the words of %j as the definition does', (text) => {
  expect(scanned(text)).toEqual(leakWords(text));
});

test('so it does for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }), (a, b) => {
      expect(scanned(`${a} ${b}`)).toEqual(leakWords(`${a} ${b}`));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('a token that comes again is read as it was, and anew once its words are known', () => {
  const scanner = new WordScanner(leakForm());
  const read = (text: string): number[] => [...scanner.scan(text)];
  scanner.scan('naïve', true);
  expect(read('cafe\u0301 ΣΟΦΟΣ cafe\u0301')).toEqual([0, 0, 0]);
  const [number] = scanner.scan('cafe\u0301', true);
  expect(read('cafe\u0301 ΣΟΦΟΣ cafe\u0301')).toEqual([number, 0, number]);
});
