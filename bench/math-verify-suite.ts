/**
 * @file Math-Verify's own test suite through `judgeAnswer`, as data: agreement, and each pair where the verdicts differ.
 *
 *   npx tsx bench/math-verify-suite.ts --tests CHECKOUT/tests
 *
 * The tests come with the package's source distribution (`pip download --no-deps --no-binary :all: math-verify`) or a checkout.
 * A pair that pays here and not there needs a written reason: `reasons` in math-verify-reasons.ts.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judgeAnswer } from '../src/rewards/math/judge.ts';
import { readAnswer } from '../src/rewards/reading/reading.ts';

import { reasonFor } from './math-verify-reasons.ts';

interface SuiteRow {
  readonly file: string;
  readonly test: string;
  readonly gold: string;
  readonly pred: string;
  readonly expected: boolean;
  readonly allow_set_relation_comp?: boolean;
  readonly precision?: number;
}

const { values } = parseArgs({
  options: { tests: { type: 'string' }, python: { type: 'string', default: 'python3' } },
});
if (values.tests === undefined) throw new Error('--tests: got nothing, expected the folder of Math-Verify’s tests');

const script = fileURLToPath(new URL('./math_verify_suite.py', import.meta.url));
const run = spawnSync(values.python, [script, values.tests], { encoding: 'utf8', maxBuffer: 1 << 26 });
if (run.status !== 0) throw new Error(`the suite could not be read:\n${run.stderr.slice(-2000)}`);
const rows = run.stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as SuiteRow);

/** The suite's golds are marked mathematics or bare; its predictions are whole responses. */
function paid(row: SuiteRow): { paid: boolean; reason: string } {
  const gold = readAnswer(row.gold, { metric: 'math_verify' });
  const answer = readAnswer(row.pred, { metric: 'math_verify' });
  if (answer.state !== 'answered') return { paid: false, reason: answer.state };
  const options = row.precision === undefined ? {} : { tolerance: 0.5 * 10 ** -row.precision };
  const { verdict, type, reason } = judgeAnswer(
    gold.state === 'answered' ? gold.answer : row.gold,
    answer.answer,
    options,
  );
  return { paid: verdict === 'equal', reason: `${type}: ${reason}` };
}

const differing = rows.map((row) => ({ row, ...paid(row) })).filter(({ row, paid: pays }) => pays !== row.expected);
const wrongly = differing.filter(({ paid: pays }) => pays);
for (const { row, paid: pays, reason } of differing) {
  const why = reasonFor(row.gold, row.pred);
  process.stdout.write(
    `${pays ? 'PAID' : 'LOST'} ${row.file} ${row.test}\n  gold ${row.gold}\n  pred ${row.pred.slice(-160)}\n  ${reason}${why === undefined ? '' : `\n  because ${why}`}\n`,
  );
}
const unexplained = wrongly.filter(({ row }) => reasonFor(row.gold, row.pred) === undefined).length;
process.stdout.write(
  `${rows.length} pairs: ${(100 - (100 * differing.length) / rows.length).toFixed(2)} % agree, ${wrongly.length} paid that the suite does not pay (${unexplained} without a reason)\n`,
);
if (unexplained > 0 || differing.length > 0.03 * rows.length) process.exitCode = 1;
