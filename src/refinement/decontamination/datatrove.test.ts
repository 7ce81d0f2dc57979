import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BenchmarkItem } from './benchmark-item.ts';
import { DatatroveIndex, type DatatroveOptions } from './datatrove.ts';
import { datatroveForm, datatroveWords } from './datatrove-form.ts';
import { WordScanner } from './word-scanner.ts';

// What datatrove 0.10.0 with spaCy 3.8 makes of them.
test.each([
  ['Monday: 1,234.5 km, 12% of 3.14!', 'monday 0 0 km 0 of 0'],
  ['Don’t say cannot or DONT; hes gonna win.', 'don t say can not or do nt he s gon na win'],
  ['0km² 20th 1850s 5kg A4 0мb 0м', '0 km² 0th 0s 0 kg a0 0мb 0 м'],
  ['“naïve” ¿qué? café', 'naive ¿ que cafe'],
  ['‘Tis ‘s god‘s ‘0km’', '‘ tis ‘s god‘s ‘ 0 km'],
  ['a©©b ©dont £5 5£ §§1', 'a © © b © do nt £ 0 0 £ § § 0'],
  ['長文本，第１２章。', '長文本 第0章'],
  ['٣٫٥ km 5⎖6 \u200bx \ufeffy', '0 km 0 \u200bx \ufeffy'],
  ['ΟΔΟΣ İstanbul ﬁne a≠b', 'οδος istanbul ﬁne a = b'],
])('%j is read as datatrove reads it', (text, expected) => {
  expect(datatroveWords(text).join(' ')).toBe(expected);
});

/** The words that the scanner reads, told by numbers that single words have. */
function scanned(text: string): (string | undefined)[] {
  const scanner = new WordScanner(datatroveForm());
  const words = datatroveWords(text);
  const numbers = [...scanner.scan(text, true)];
  const known = new Map(numbers.map((number, i) => [number, words[i]]));
  expect(new Set(known.values()).size).toBe(known.size);
  return numbers.map((number) => known.get(number));
}

test('the scanner reads the same words in any text', () => {
  const piece = fc.constantFrom(
    'dont',
    'id ',
    '0',
    '12.5',
    'km',
    ' ',
    '‘s',
    '©',
    '£',
    '.',
    "'",
    'é',
    'e\u0301',
    'Σ',
    '長',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 9 }), (parts) => {
      const text = parts.join('');
      expect(scanned(text)).toEqual(datatroveWords(text));
    }),
    { seed: 1, numRuns: 400 },
  );
});

const item: BenchmarkItem = {
  benchmark: 'b.jsonl',
  id: '1',
  texts: { question: ['a b c d e'], answer: ['f g h i j', 'k l m n'] },
  documents: [],
};

test.each([
  [{}, { 'F, G, H, I': true, 'b c d e f': true, 'a b c d': false, 'e k l m': true, 'j k l m': false, 'k l m': false }],
  [{ overlapNgrams: false }, { 'f g h i': true, 'c d e f': false, 'a b c d': false }],
  [
    { queryNgrams: true, overlapNgrams: false },
    { 'a b c d': true, 'c d e f': false, 'k l m n': true },
  ],
] satisfies [DatatroveOptions, Record<string, boolean>][])('grams of four words with %j', (options, texts) => {
  const index = new DatatroveIndex({ n: 4, ...options });
  index.add(item);
  for (const [text, found] of Object.entries(texts))
    expect([text, index.find(`x ${text} y`) !== undefined]).toEqual([text, found]);
});
