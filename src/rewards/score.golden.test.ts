/**
 * @file The `paper` profile against the reference's scores on its own record layout. `test/golden/rouge_zh.py` makes the
 * Chinese summaries, of any seed.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { segmenterName } from './metrics/segment-chinese.ts';
import { scoreUpstream } from './score.ts';
import type { UpstreamRow } from './upstream.ts';

const rows = readFileSync(new URL('../../test/golden/rewards.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as UpstreamRow & { score: number });

test('every row that is not mathematics scores as the reference does, within 1e-6', () => {
  const plain = rows.filter((row) => !row.data_source.includes('math'));
  expect(plain.length).toBeGreaterThan(3400);
  const wrong = plain.filter((row) => {
    const { score, status } = scoreUpstream(row, 'paper');
    return status !== 'ok' || Math.abs(score - row.score) > 1e-6;
  });
  expect(wrong).toEqual([]);
});

test.skipIf(segmenterName() !== 'jieba')('Chinese summaries score as the reference with jieba does', () => {
  const rows = readFileSync(new URL('../../test/golden/rouge_zh.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as UpstreamRow & { score: number });
  expect(rows.length).toBe(150);
  for (const row of rows) expect(scoreUpstream(row, 'paper').score).toBeCloseTo(row.score, 6);
});
