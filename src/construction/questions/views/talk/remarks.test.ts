import { expect, test } from 'vitest';
import { makeDocument } from '../../../../corpus/make-document.ts';
import { factsOf } from '../../facts-within.ts';
import { remarksOf } from './remarks.ts';
import { speechesOf } from './speeches.ts';

test('a remark is not cut at a time of day, a title or a number', () => {
  const said = [
    'It was turned off on Thursday at 7.40 p.m. by the order of Mr. Hale and Dr. Roe.',
    'Did the letter about No. 4 reach you before 11.15 a.m. on the day?',
  ];
  const lines = [
    `Ann: ${said[0]} Nobody told the crews who were out.`,
    `Bob: ${said[1]}`,
    'Ann: No, it did not.',
    'Bob: I see, thank you.',
  ];
  const text = lines.join('\n\n');
  const about = { id: 'a', title: 'A', source: 'a', licence: 'CC0-1.0', language: 'en', kind: 'chapter' } as const;
  const document = makeDocument({ ...about, text });
  const span = { start: 0, end: text.length };
  const speeches = speechesOf({ document, title: 'A', span, facts: factsOf(document) });
  expect(speeches.flatMap((speech) => remarksOf(speech, 'en')).map(({ text: words }) => words)).toEqual([
    said[0],
    'Nobody told the crews who were out.',
    said[1],
  ]);
});
