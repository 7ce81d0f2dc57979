/** @file The `paper` profile against the reference's scores on its own record layout. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { scoreUpstream } from './score.ts';
import { segmenterName } from './segment-chinese.ts';
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

test('mutated rows score within [0, 1] under both profiles, without an error', () => {
  const pieces = [
    '[Answer]',
    '</think>',
    '<think>',
    '\n',
    '',
    '\\boxed{',
    '}',
    '$',
    ' ',
    'A',
    '1',
    ',',
    '.',
    '"',
    '[',
    '桥',
  ];
  const runs = Number(process.env.FUZZ_RUNS ?? 2000);
  const draw = random(7, 'mutate');
  for (let i = 0; i < runs; i++) {
    const row = rows[i % rows.length];
    if (row === undefined) continue;
    const text = row.solution_str;
    const from = draw.integer(0, text.length);
    const to = Math.min(text.length, from + draw.integer(0, 11));
    const solution_str = text.slice(0, from) + draw.pick(pieces) + text.slice(to);
    for (const profile of ['paper', 'hardened'] as const) {
      const { score, status, reason } = scoreUpstream({ ...row, solution_str }, profile);
      expect({ status, reason, inRange: score >= 0 && score <= 1 }).toEqual({ status: 'ok', reason, inRange: true });
    }
  }
});
