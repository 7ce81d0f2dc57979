import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { twoTables } from './index.ts';

test('asks in English for the ratio of rows of two tables, compared over two reports or years', () => {
  const asked = ask(twoTables, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please work this out: by how much, to four decimals, was “Total” (table “Sales by region”, million GBP) divided by “Total” (table “Employees by function”, people) in 2023 higher according to “Alder plc: Annual Report 2023” than according to “Birch Ltd: Annual Report 2023”, a lower value being negative?',
  );
  expect(asked.gold).toEqual(['-0.2166']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in English for the ratio of rows of two tables, compared over two reports or years (another program)', () => {
  const asked = ask(twoTables, sampleContext('en'), 'b');
  expect(asked.question).toBe(
    'Please work this out: by how much, to four decimals, was “Total” (table “Sales by region”, million GBP) divided by “Total” (table “Employees by function”, people) in 2023 higher according to “Birch Ltd: Annual Report 2023” than according to “Alder plc: Annual Report 2023”, a lower value being negative?',
  );
  expect(asked.gold).toEqual(['0.2166']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for the ratio of rows of two tables, compared over two reports or years', () => {
  const asked = ask(twoTables, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '请计算：按《松江公司2023年年度报告》，“合计”（表“分地区收入”，万元）除以“合计”（表“员工人数”，人）的商从2022年到2023年变动了多少（保留四位小数），下降为负？',
  );
  expect(asked.gold).toEqual(['-0.0097']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of two-tables reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(twoTables.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(twoTables, language, { what: 'a figure' })).toBe(true);
  }
});
