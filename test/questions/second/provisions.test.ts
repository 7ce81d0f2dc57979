import { expect, test } from 'vitest';
import { provisionsOf } from './provisions.ts';

const labelsOf = (text: string): string[] =>
  provisionsOf({ title: 'Handbook', lines: text.split('\n') }).map(({ label }) => label);

test('a heading of three numbers may begin with a small letter', () => {
  const text =
    '3. Reference\n\nOf tools.\n\n3.8. Tools\n\nSee below.\n\n3.8.1. logscan\n\nReads.\n\n3.8.2. ctbtest\n\nTests.\n';
  expect(labelsOf(text)).toEqual(['section 3', 'section 3.8', 'section 3.8.1', 'section 3.8.2']);
});

test('an item with a small letter is no heading', () => {
  const text = '1. Scope\n\nOf tools:\n\n2. rakes\n\n3. Rules\n\nNone.\n';
  expect(labelsOf(text)).toEqual(['section 1', 'section 3']);
});
