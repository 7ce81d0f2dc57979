/** @file The errors of both profiles on the corpus of answers: none may become more than the committed table has. */
import { expect, test } from 'vitest';
import { profiles } from '../../src/rewards/reward.ts';
import { committedTable, errorMatrix, readCorpus, scoreOf } from './error-matrix.ts';

const rows = readCorpus();
const count = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;

test('the corpus holds at least 600 right and 600 wrong answers, of every task and both languages', () => {
  expect(count('right')).toBeGreaterThanOrEqual(600);
  expect(count('wrong')).toBeGreaterThanOrEqual(600);
  expect(new Set(rows.map(({ task }) => task)).size).toBe(9);
  expect(new Set(rows.map(({ language }) => language)).size).toBe(2);
});

for (const profile of profiles)
  test(`${profile} errs on no task more often than the committed table says`, () => {
    const known = committedTable()[profile] ?? {};
    const worse = Object.entries(
      errorMatrix(
        rows,
        rows.map((row) => scoreOf(row, profile)),
      ),
    ).filter(([task, { rightUnpaid, wrongPaid }]) => {
      const before = known[task];
      return before === undefined || rightUnpaid > before.rightUnpaid || wrongPaid > before.wrongPaid;
    });
    expect(worse).toEqual([]);
  });
