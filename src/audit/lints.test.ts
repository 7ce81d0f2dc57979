import { expect, test } from 'vitest';
import type { AuditSource } from './item.ts';
import { lintFindings, stumblesOf } from './lints.ts';

const source = (
  question: string,
  gold: readonly string[],
  title = 'The hearing',
  metric = 'EM' as const,
): AuditSource => ({
  id: 's',
  task: 'T1',
  generator: 'made',
  spec: { metric, gold, language: 'en', question },
  question,
  prompt: `=== Document 1: ${title} ===\nQ40 MR REDDY: When did it fail?\n\nMS ROE: At 7.40 p.m. on the first day.\n\n${question}`,
});
const lintsOf = (...args: Parameters<typeof source>): string[] =>
  stumblesOf(source(...args)).map(({ lint, words }) => `${lint}: ${words}`);

test('names with the number of a question, and golds that are no words of the text, are found', () => {
  expect(lintsOf('Q40 Mr Reddy asks “When did it fail?” Who replies?', ['MS ROE'])).toEqual(['name: Q40 Mr Reddy']);
  expect(lintsOf('Who says that it failed?', ['Reply'])).toEqual(['name: Reply', 'gold not in the text: Reply']);
  expect(lintsOf('Mr Reddy asks “When did it fail?” Who replies?', ['Ms Roe'])).toEqual([]);
});

test('titles that are names of files are found where a question has them, and quotations that were cut', () => {
  expect(lintsOf('Who speaks in “hearing_day2.txt”?', ['MS ROE'], 'hearing_day2.txt')).toEqual([
    'title of a file: hearing_day2.txt',
  ]);
  expect(lintsOf('Who speaks in “hearing emergency”?', ['MS ROE'], 'hearing emergency')).toHaveLength(1);
  expect(lintsOf('Who speaks?', ['MS ROE'], 'hearing emergency')).toEqual([]);
  expect(lintsOf('Who says “The Committee rose at 7.40 p.”?', ['MS ROE'])).toEqual([
    'cut quotation: The Committee rose at 7.40 p.',
  ]);
  expect(lintsOf('In what order?\n(A) It rose at 7.40 p.m.\n(B) It met (late) on Monday.', ['MS ROE'])).toEqual([]);
});

test('one stem over and over is found over the samples of a generator, and eight wordings are not', () => {
  const items = (questions: readonly string[]) =>
    questions.map((question, i) => ({ id: `s${i}`, question, stumbles: [] }));
  const same = items(Array.from({ length: 12 }, (_, i) => `First find the row with the lowest figure of ${i}.`));
  expect(lintFindings(same)).toEqual([{ lint: 'one stem', samples: 12, example: 'First find the row with', id: 's0' }]);
  const opens = 'Who Which What In From Please State Could'.split(' ');
  expect(lintFindings(items(Array.from({ length: 16 }, (_, i) => `${opens[i % 8]} speaks in the text ${i}?`)))).toEqual(
    [],
  );
});
