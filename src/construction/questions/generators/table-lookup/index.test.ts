import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { tableLookup } from './index.ts';

test('asks in English for a cell whose row another table tells', () => {
  const asked = ask(tableLookup, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Find the line that grew most in percent from 2021 to 2022, totals aside, in the table “Employees by function” of “Alder plc: Annual Report 2022”. What is its figure for 2023 in the table “Employees by function” of “Alder plc: Annual Report 2023”?',
  );
  expect(asked.gold).toEqual(['150']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of table-lookup reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableLookup.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableLookup, language, { clue: 'the first row', place: 'B', wanted: '2023' })).toBe(true);
  }
});

test('asks in Chinese for a cell of the table that tells the row', () => {
  const asked = ask(tableLookup, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '《松江公司2023年年度报告》的表“分地区收入”中，哪一行（合计除外）2022年的数字最低？该行在同一张表中，2023年的数字是多少？',
  );
  expect(asked).toMatchObject({ gold: ['36'], solved: ['36'], proven: true });
});
