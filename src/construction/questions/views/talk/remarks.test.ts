import { expect, test } from 'vitest';
import { makeDocument } from '../../../../corpus/make-document.ts';
import { factsOf } from '../../facts-within.ts';
import { remarksOf } from './remarks.ts';
import { speechesOf } from './speeches.ts';

/** All sentences of a talk that can be quoted. */
function quoted(text: string): string[] {
  const about = { id: 'a', title: 'A', source: 'a', licence: 'CC0-1.0', language: 'en', kind: 'chapter' } as const;
  const document = makeDocument({ ...about, text });
  const span = { start: 0, end: text.length };
  const speeches = speechesOf({ document, title: 'A', span, facts: factsOf(document) });
  return speeches.flatMap((speech) => remarksOf(speech, 'en')).map(({ text: words }) => words);
}

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
  expect(quoted(lines.join('\n\n'))).toEqual([said[0], 'Nobody told the crews who were out.', said[1]]);
});

test('what stands in an indented paragraph below a speech is not said, nor is what goes on behind a break', () => {
  const said = 'The boat will not cross before the tide has turned.';
  const speeches = [
    `ROSA. ${said}`,
    '    ROSA looks at the rope in her hand. For the first time in the year she\n    laughs at it.',
    'EMIL. I was going to say ... That the rope is wet and the boat is late today.',
    'ROSA. You were going to say nothing that I had not heard before.',
    'EMIL. You have heard everything that was ever said here.',
    'ROSA. Not so loud.',
    'EMIL. I know.',
    'ROSA. Then sit.',
  ];
  expect(quoted(`FERRY\n\n\nACT ONE\n\nSCENE 1\n\n${speeches.join('\n\n')}\n`)).toEqual([
    said,
    'You were going to say nothing that I had not heard before.',
    'You have heard everything that was ever said here.',
  ]);
});
