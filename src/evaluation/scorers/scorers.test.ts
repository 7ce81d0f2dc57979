/** @file Where the profiles part: each defect of the reference that `strict` (or `paper`) does not have. Parity is in the golden test. */
import { expect, test } from 'vitest';
import { choiceLetter } from './choice-letter.ts';
import { docmathAnswer, docmathEquals } from './docmath-number.ts';
import { memoryAnswerMatches } from './memory-answer.ts';
import { evaluatePython } from './python-expression.ts';
import { containsWhole } from './python-text.ts';
import { sequenceRatio } from './sequence-matcher.ts';
import { tokenF1 } from './token-f1.ts';
import { parseVerdict } from './verdict.ts';

test('a gold of False counts as True under upstream only', () => {
  const gold = { type: 'bool', text: 'False' } as const;
  expect(docmathEquals('True', gold, 'upstream')).toBe(true);
  expect(docmathEquals('False', gold, 'upstream')).toBe(false);
  expect(docmathEquals('False', gold, 'paper')).toBe(true);
  expect(docmathEquals('no', gold, 'strict')).toBe(true);
});

test('text that is no number is right where the gold is 0, but not under strict', () => {
  const gold = { type: 'float', text: '0' } as const;
  expect(docmathEquals('nobody knows', gold, 'upstream')).toBe(true);
  expect(docmathEquals(docmathAnswer('nobody knows', 'strict'), gold, 'strict')).toBe(false);
});

test('the first statement wins under upstream, the last under strict', () => {
  const response = 'so the answer is 5. Wait. Therefore, the answer is 1,234.5.';
  expect(docmathAnswer(response, 'upstream')).toBe('5');
  expect(docmathAnswer(response, 'strict')).toBe('1,234.5');
});

test('the answer of a model is never run', () => {
  const attack = '__import__("os").environ.__setitem__("golongrl_was_run", "yes")';
  expect(docmathEquals(attack, { type: 'float', text: '3' }, 'upstream')).toBe(false);
  expect(process.env.golongrl_was_run).toBeUndefined();
});

test.each([
  ['2 ** 3 ** 2', 512n],
  ['-7 // 2', -4n],
  ['-7 % 3', 2n],
  ['(1 + 2) * 3 # a remark', 9n],
  ['0x1f + 1_000', 1031n],
  ['10 ** 400 // 10 ** 399', 10n],
  ['3 if 1 > 2 else 4', 4n],
])('%s evaluates as in Python', (source, value) => {
  expect(evaluatePython(source)).toEqual({ type: 'int', value });
});

test.each(['007', '1 +', 'x', '(1', '1 2', '9 ** 9 ** 9', '1 / 0', '('.repeat(500), 'open("f")'])(
  '%s fails as a value',
  (source) => {
    expect(() => evaluatePython(source)).toThrow();
  },
);

test('prose gives a letter under upstream and none under strict', () => {
  expect(choiceLetter('The Answer is Bananas', 'ABCD', 'upstream')).toBe('B');
  expect(choiceLetter('The Answer is Bananas', 'ABCD', 'strict')).toBe('');
});

test('a corrected choice counts under strict, and thinking does not', () => {
  const response = 'ANSWER: A\nperhaps</think>ANSWER: B\nNo.\n**ANSWER: [C]**';
  expect(choiceLetter(response, 'ABCD', 'upstream')).toBe('A');
  expect(choiceLetter(response, 'ABCD', 'strict')).toBe('C');
  expect(choiceLetter('ANSWER: E', 'ABCD', 'strict')).toBe('');
});

test('a judge that says neither gives no verdict, and the last verdict counts', () => {
  expect(parseVerdict('I would answer [[YES]] or [[NO]]. [[NO]]', 'last-bracket')).toBe(false);
  expect(parseVerdict('I cannot say', 'last-bracket')).toBeUndefined();
  expect(parseVerdict('I say YES to [[NO]]', 'contains-yes')).toBe(true);
});

test('Chinese punctuation is a token under upstream only', () => {
  expect(tokenF1('长城。', ['长城'], { profile: 'upstream', language: 'zh' })).toBeCloseTo(0.8, 12);
  expect(tokenF1('长城。', ['长城'], { profile: 'strict', language: 'zh' })).toBe(1);
});

test('a Chinese name in an English answer leaves it words: the language is that of the data set', () => {
  const options = { profile: 'upstream', language: 'en' } as const;
  expect(tokenF1('the Great Wall (长城)', ['Great Wall'], options)).toBeCloseTo(0.8, 12);
  expect(tokenF1('Wall', ['长城 Wall'], options)).toBeCloseTo(2 / 3, 12);
});

test('popular characters start no match in long texts', () => {
  const [a, b] = [`${'ab'.repeat(150)}x`, `x${'ab'.repeat(150)}`];
  expect(sequenceRatio(a, b)).toBeLessThan(0.01);
  expect(sequenceRatio('ab'.repeat(20), 'ab'.repeat(20))).toBe(1);
  expect(sequenceRatio('', '')).toBe(1);
});

test('whole words are found beside letters beyond the basic plane', () => {
  expect(containsWhole('𝒳 12', '12')).toBe(true);
  expect(containsWhole('𝒳12', '12')).toBe(false);
  expect(containsWhole('2019', '2')).toBe(false);
});

test('an answer of a memory counts as whole words, punctuation aside', () => {
  expect(memoryAnswerMatches("{'answer': 'April 1, 2024'}", ['april 1 2024'])).toBe(true);
  expect(memoryAnswerMatches('thirty-five thousand', ['thirty'])).toBe(false);
});
