/** @file Texts cut into blocks, and places found in them: evidence, quotes, words. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockAt, cutBlocks } from './blocks.ts';
import { findAll } from './find-all.ts';
import { findEvidence } from './find-evidence.ts';
import { findQuotes } from './find-quotes.ts';
import { segmentsOf } from './segments.ts';

const kinds = (text: string): string[] => cutBlocks(text).map(({ kind }) => kind);

test('blocks in order are the whole text, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('a', ' b.', '\n', '\n\n', '# h', '| x | y |', 'Ann: hi', '\t', '字。', 'w'.repeat(2000)),
      ),
      (parts) => {
        const text = parts.join('');
        expect(
          cutBlocks(text)
            .map(({ start, end }) => text.slice(start, end))
            .join(''),
        ).toBe(text);
      },
    ),
  );
});

test('headings, tables, turns and paragraphs are told apart', () => {
  expect(kinds('# One\n\nText here.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nMore.')).toEqual([
    'heading',
    'text',
    'table',
    'text',
  ]);
  expect(kinds('Ann: one\nBob: two\nAnn: three\nBob: four\nAnn: five\nBob: six')).toEqual(Array(6).fill('turn'));
  expect(kinds('Height: 5\nDepth: 6\nWeight: 7')).toEqual(['text']);
});

test('a paragraph of a hundred thousand characters is cut at ends of sentences', () => {
  const text = 'One sentence of some words. '.repeat(4000);
  const blocks = cutBlocks(text);
  expect(Math.max(...blocks.map(({ start, end }) => end - start))).toBeLessThanOrEqual(1600);
  expect(blocks.every(({ start, end }) => /\.\s?$/.test(text.slice(start, end)))).toBe(true);
  expect(blockAt(blocks, blocks[7]?.start ?? 0)).toBe(7);
  expect(blockAt(blocks, text.length + 5)).toBe(blocks.length - 1);
});

const book = `# The Pipe\n\nChapter 30. The Pipe. 287 words.\n\nWhen Stubb had departed, Ahab stood for a while.\n\n# The Musket\n\nChapter 123. The Musket. 1193 words.\n\nDuring the most violent shocks.\n\nWhat is the word count of The Musket?`;

test('evidence that stands in the text is found as it is; else the sentence with most of its words, told as a guess', () => {
  const [exact] = findEvidence(book, 'Ahab stood for a while');
  expect(exact).toMatchObject({ exact: true, start: book.indexOf('Ahab stood') });
  const [guess] = findEvidence(
    book,
    'The Musket (Pequod): chapter 123; word count 1193',
    'What is the word count of The Musket?',
  );
  expect(guess?.exact).toBe(false);
  expect(book.slice(guess?.start, guess?.end)).toMatch(/123|1193|Musket/);
  expect(guess?.start).toBeGreaterThan(book.indexOf('# The Musket'));
  expect(findEvidence(book, 'nothing of this kind anywhere')).toEqual([]);
});

test('passages of a completion lead to their places in the prompt, grown as far as both go on', () => {
  const completion = 'I read: "when stubb had departed, Ahab stood" and then 42.';
  const [quote] = findQuotes(book, completion);
  expect(book.slice(quote?.start, quote?.end)).toBe('When Stubb had departed, Ahab stood');
  expect(completion.slice(quote?.from, quote?.to)).toBe('when stubb had departed, Ahab stood');
  expect(findQuotes(book, 'three words only')).toEqual([]);
});

test('words are found whatever their case, as whole words where that is asked', () => {
  expect(findAll('Aa aA b', 'aa')).toHaveLength(2);
  expect(findAll('12 1193 12th', '12', true)).toEqual([{ start: 0, end: 2 }]);
  expect(findAll('a.c abc', 'a.c')).toHaveLength(1);
  expect(findAll('anything', ' ')).toEqual([]);
});

test('segments cover a stretch once, cut where marks begin and end', () => {
  const marks = [
    { start: 2, end: 6, kind: 'evidence', id: 'a' },
    { start: 4, end: 9, kind: 'quote', id: 'b' },
  ];
  expect(
    segmentsOf(0, 8, marks).map(({ start, end, marks: own }) => [start, end, own.map(({ id }) => id).join('')]),
  ).toEqual([
    [0, 2, ''],
    [2, 4, 'a'],
    [4, 6, 'ab'],
    [6, 8, 'b'],
  ]);
});
