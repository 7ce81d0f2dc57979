/** @file Agreement with the reference's verdicts: its own rows, and Math-Verify's regression pairs where they lie beside the checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mathVerifyReward } from '../metrics/math-verify.ts';
import { mathEqual } from './equal.ts';

const read = <T>(url: URL): T[] =>
  readFileSync(url, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

interface RewardRow {
  solution_str: string;
  ground_truth: string;
  score: number;
}

test('at least 99.5 % of the math_verify rows score as the reference does, and none of the others pays', () => {
  const rows = read<RewardRow>(new URL('../../../test/golden/math_verify.jsonl', import.meta.url));
  const wrong = rows.filter(({ solution_str, ground_truth, score }) => {
    const spec = { metric: 'math_verify', gold: [ground_truth], language: 'en' } as const;
    return mathVerifyReward(solution_str, spec, 'paper').score !== score;
  });
  expect(rows.length).toBe(4000);
  expect(wrong.filter(({ score }) => score === 0)).toEqual([]);
  expect(wrong.length).toBeLessThanOrEqual(20);
});

const pairs = new URL('../../../../shared/golden/math_equal.jsonl', import.meta.url);

test.skipIf(!existsSync(pairs))('at least 97 % of the regression pairs get the reference verdict', () => {
  const rows = read<{ gold: string; pred: string; equal: boolean }>(pairs);
  const agree = rows.filter(({ gold, pred, equal }) => mathEqual(gold, pred).equal === equal);
  expect(agree.length / rows.length).toBeGreaterThanOrEqual(0.97);
});
