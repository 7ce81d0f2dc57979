import { expect, test } from 'vitest';
import { askedOf, changelog, changelogZh, contract } from '../../../../../test/construction/provisions-and-releases.ts';
import { releasesTable } from './index.ts';

test('asks in English and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelog, 13);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    'Read “Sundial changelog” and fill in “version”, “date” and “Fixed” (how many “Fixed” items there are) for each release from version 1.3.0 to version 1.4.0, in order of date.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["version","date","Fixed"],"data":[["1.3.0","2023-12-05","0"],["1.3.1","2024-01-20","2"],["1.4.0","2024-03-02","1"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
  expect(asked.agreesWith('1.3.1', '1.3.9')).toBe(false);
});

test('asks in Chinese and the solver finds the gold again', () => {
  const asked = askedOf(releasesTable, changelogZh, 13);
  if (typeof asked === 'string') throw new Error(asked);
  expect(asked.question).toBe(
    '请阅读《日晷更新记录》，为按日期从版本1.3.0至版本1.4.0的每一版填写“版本”、“日期”和“修复”（“修复”类条目的数目）。',
  );
  expect(asked.gold).toEqual([
    '{"columns":["版本","日期","修复"],"data":[["1.3.0","2023-12-05","0"],["1.3.1","2024-01-20","2"],["1.4.0","2024-03-02","1"]]}',
  ]);
  expect(asked.agreesWith('\u0000', '')).toBe(true);
});

test('refuses a text without dated releases', () => {
  expect(askedOf(releasesTable, contract)).toBe('too few releases');
});

test('a range within which numbers and days have another order is not asked about', () => {
  // A fix of an older line comes out after the newer one.
  const mixed = changelog.replaceAll('1.3.1', '0.9.9');
  for (let seed = 1; seed < 20; seed++) {
    const asked = askedOf(releasesTable, mixed, seed);
    if (typeof asked === 'string') continue;
    expect(asked.gold[0]).not.toContain('0.9.9');
    expect(asked.question).not.toMatch(/from version (?:0|1\.[0-3])\S* (?:up )?to version 1\.4/);
  }
});
