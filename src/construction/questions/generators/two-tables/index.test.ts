import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { twoTables } from './index.ts';

test('asks in English for the ratio of rows of two tables, compared over two reports or years', () => {
  const asked = ask(twoTables, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please work this out: according to “Cedar Inc: Annual Report 2023”, how did this ratio change from 2022 to 2023: “East” (table “Sales by region”) divided by “Total” (table “Employees by function”), both as printed? Give the later value minus the earlier one, rounded to four decimal places.',
  );
  expect(asked.gold).toEqual(['0.0819']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in English for the ratio of rows of two tables, compared over two reports or years (another program)', () => {
  const asked = ask(twoTables, sampleContext('en'), 'b');
  expect(asked.question).toBe(
    'Please work this out: in 2022, how much higher was this ratio in “Alder plc: Annual Report 2022” than in “Birch Ltd: Annual Report 2023”: “East” (table “Sales by region”) divided by “Total” (table “Employees by function”), both as printed? Give the difference rounded to four decimal places, as a negative number if it was lower.',
  );
  expect(asked.gold).toEqual(['-0.0178']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for the ratio of rows of two tables, compared over two reports or years', () => {
  const asked = ask(twoTables, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '请计算：按“松江公司2023年年度报告”，下面这个比值从2022年到2023年变化了多少：“城东”（表“分地区收入”）除以“合计”（表“员工人数”）的商（按表中所印数字）？用后一年的值减去前一年的值，保留四位小数。',
  );
  expect(asked.gold).toEqual(['0.0256']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of two-tables reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(twoTables.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(twoTables, language, { what: 'a figure' })).toBe(true);
  }
});
