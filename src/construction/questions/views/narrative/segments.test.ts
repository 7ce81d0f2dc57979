import { expect, test } from 'vitest';
import { makeDocument } from '../../../../corpus/make-document.ts';
import { factsOf } from '../../facts-within.ts';
import { placedNames, segmentsOf } from './segments.ts';

const named = (name: string, kind: 'person' | 'place', texts: readonly string[]) =>
  placedNames([{ name, kind, mentions: [] }], texts).map(({ held }) => [...held]);

test('a name is asked about only where no part has it within another name or in a shorter form', () => {
  expect(named('Carrow', 'place', ['They came to Carrow.', 'The rain fell.'])).toEqual([[0]]);
  expect(named('Carrow', 'place', ['They came to Carrow.', 'The Belle of Carrow sank.'])).toEqual([]);
  expect(named('Carrow', 'place', ['They came to Carrow.', 'The Carrow Line was shut.'])).toEqual([]);
  expect(named('Carrow', 'place', ['The Belle of Carrow lay at Carrow.'])).toEqual([[0]]);
  expect(named('陈阿渡', 'person', ['陈阿渡来了。', '下雨了。'])).toEqual([[0]]);
  expect(named('陈阿渡', 'person', ['陈阿渡来了。', '阿渡走了。'])).toEqual([]);
  expect(named('陈阿渡', 'person', ['陈阿渡来了。', '老陈走了。'])).toEqual([]);
  expect(named('陈阿渡', 'person', ['陈阿渡来了，阿渡坐下。', '下雨了。'])).toEqual([[0]]);
});

test('a heading that is only the number of the title below it names no part', () => {
  const words = 'The yard was empty when they came, and nobody asked them in. '.repeat(8).trim();
  const text = `# The Yard\n\n## Chapter 4\n\nWhat stood in the yard\n\n${words}\n\n## Chapter 5\n\n${words}\n\n## Harvest\n\n${words}\n`;
  const about = {
    id: 'a',
    title: 'The Yard',
    source: 'a',
    licence: 'CC0-1.0',
    language: 'en',
    kind: 'chapter',
  } as const;
  const document = makeDocument({ ...about, text });
  const span = { start: 0, end: text.length };
  const titles = segmentsOf({ document, title: 'The Yard', span, facts: factsOf(document) }).map(({ title }) => title);
  expect(titles).toEqual(['Chapter 5', 'Harvest']);
});
