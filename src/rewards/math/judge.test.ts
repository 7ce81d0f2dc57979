/**
 * @file The typed judge on tables of pairs by type, right and wrong, and properties that verdicts must have. FUZZ_RUNS raises the
 * number of cases.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expression } from '../../../test/rewards/fuzz.ts';
import { askedPairs, rightPairs, wrongPairs } from '../../../test/rewards/typed-pairs.ts';
import { judgeAnswer } from './judge.ts';

const runs = Number(process.env.FUZZ_RUNS ?? 150);

test.each(Object.entries(rightPairs))('%s: right answers are equal', (_, pairs) => {
  const lost = pairs.filter(([gold, answer]) => judgeAnswer(gold, answer).verdict !== 'equal');
  expect(lost).toEqual([]);
});

test.each(Object.entries(wrongPairs))('%s: wrong answers are different', (_, pairs) => {
  const paid = pairs.filter(([gold, answer]) => judgeAnswer(gold, answer).verdict !== 'different');
  expect(paid).toEqual([]);
});

test.each(askedPairs)('asked "%s", %s against %s is %s', (question, gold, answer, verdict) => {
  expect(judgeAnswer(gold, answer, { question }).verdict).toBe(verdict);
});

test('a sample may state tolerance, order, sets as relations, and that units are demanded', () => {
  expect(judgeAnswer('9.81', '9.8').verdict).toBe('different');
  expect(judgeAnswer('9.81', '9.8', { tolerance: 0.05 }).verdict).toBe('equal');
  expect(judgeAnswer('200', '203', { tolerance: '2%' }).verdict).toBe('equal');
  expect(judgeAnswer('200', '205', { tolerance: '2%' }).verdict).toBe('different');
  expect(judgeAnswer('1, 2, 3', '3, 2, 1', { ordered: true }).verdict).toBe('different');
  expect(judgeAnswer('(1, 2)', '(2, 1)', { ordered: false }).verdict).toBe('equal');
  expect(judgeAnswer('[2, 5)', '2 \\le x < 5', { relationsAsSets: false }).verdict).toBe('different');
  expect(judgeAnswer('5 km', '5', { unitsDemanded: true }).verdict).toBe('different');
});

test.each(['', '   ', '\\frac{1}{0}', '$$', '\\begin{proof} ... \\end{proof}'])(
  'the gold "%s" is unjudgeable',
  (gold) => {
    expect(judgeAnswer(gold, '7').verdict).toBe('unjudgeable');
  },
);

test.each([
  ['5', 'number'],
  ['5 km', 'quantity'],
  ['$5', 'currency'],
  ['5%', 'percent'],
  ['2:3', 'ratio'],
  ['101_2', 'base'],
  ['2024-03-05', 'date'],
  ['3:45 pm', 'time'],
  ['2x+1', 'expression'],
  ['3+4i', 'complex'],
  ['x^2+y^2=1', 'equation'],
  ['x=1, y=2', 'system'],
  ['\\{1,2\\}', 'set'],
  ['(1,2,3)', 'list'],
  ['2, 2, 3', 'multiset'],
  ['(1,4]', 'interval'],
  ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', 'matrix'],
  ['Monday', 'words'],
])('the gold %s is read as %s', (gold, type) => {
  expect(judgeAnswer(gold, 'x').type).toBe(type);
});

interface GoldenRow {
  readonly ground_truth: string;
}

test('every gold of the golden file, and every number, equals itself', () => {
  const rows = readFileSync(new URL('../../../test/golden/math_verify.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const golds = new Set(rows.map((row) => (JSON.parse(row) as GoldenRow).ground_truth));
  expect([...golds].filter((gold) => judgeAnswer(gold, gold).verdict !== 'equal')).toEqual([]);
  // Boxed, so that the same text does not decide.
  const boxed = [...golds]
    .slice(0, 600)
    .filter((gold) => judgeAnswer(gold, `So it is $\\boxed{ ${gold} }$.`).verdict !== 'equal');
  expect(boxed).toEqual([]);
  const numeric = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => Number(x.toPrecision(9))),
  );
  fc.assert(
    fc.property(numeric, (value) => {
      expect(judgeAnswer(String(value), `The answer is ${value}.`).verdict).toBe('equal');
      expect(judgeAnswer(String(value), `The answer is ${value + Math.max(1, Math.abs(value))}.`).verdict).toBe(
        'different',
      );
    }),
    { numRuns: runs },
  );
});

test('equality of expressions is reflexive and symmetric', () => {
  fc.assert(
    fc.property(expression, expression, (a, b) => {
      expect(judgeAnswer(a, b).verdict === 'equal').toBe(judgeAnswer(b, a).verdict === 'equal');
      expect(judgeAnswer(a, `\\boxed{${a}}`).verdict).not.toBe('different');
    }),
    { numRuns: runs },
  );
});

test('any text gets a verdict', () => {
  const piece = fc.constantFrom(
    ...'$ \\boxed{ } { ( ) [ ] , ; = < ^ _ \\frac \\pm \\cup % km 5 2.5 x and or \n 月 三 3:45 \\\\ & | ! -'.split(' '),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.array(piece, { maxLength: 25 }), (a, b) => {
      expect(['equal', 'different', 'unjudgeable']).toContain(judgeAnswer(a.join(' '), b.join('')).verdict);
    }),
    { numRuns: runs },
  );
});
