import { expect, test } from 'vitest';
import { excerptOf } from './excerpt.ts';
import { leakForm } from './word-form.ts';

test('an excerpt shows the words as they were written, with marks, case and lines', () => {
  const text = 'Before it.\n“Don’t GO,” said she,\nand went; the end.';
  expect(excerptOf(leakForm(), text, 2, 5)).toEqual({
    before: 'Before it.\n',
    shared: '“Don’t GO,” said she,\nand',
    after: ' went; the end.',
  });
});

test('Chinese is cut by characters, and an ellipsis stands where the text goes on', () => {
  const text = `${'前'.repeat(30)}长，文本${'后'.repeat(30)}`;
  expect(excerptOf(leakForm(), text, 30, 3)).toEqual({
    before: `… ${'前'.repeat(25)}`,
    shared: '长，文本',
    after: `${'后'.repeat(25)} …`,
  });
});
