import { expect, test } from 'vitest';
import { placedNames } from './segments.ts';

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
