import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { rowsWhere } from './index.ts';

test('asks in English for rows that moved as told', () => {
  const asked = ask(rowsWhere, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Which lines in the tables “Sales by region” and “Employees by function” both rose from 2022 to 2023 in “Cedar Inc: Annual Report 2023” and rose over the same period in “Birch Ltd: Annual Report 2023”? Totals do not count.',
  );
  expect(asked.gold).toEqual(['North', 'East', 'Stores']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in English for rows that moved as told (another program)', () => {
  const asked = ask(rowsWhere, sampleContext('en'), 'b');
  expect(asked.question).toBe(
    'Which lines in the tables “Sales by region” and “Employees by function” both rose from 2022 to 2023 in “Cedar Inc: Annual Report 2023” and fell over the same period in “Birch Ltd: Annual Report 2023”? Totals do not count.',
  );
  expect(asked.gold).toEqual(['South', 'West', 'Drivers']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for rows that moved as told', () => {
  const asked = ask(rowsWhere, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '《松江公司2023年年度报告》的表“分地区收入”、“员工人数”中，哪些项目从2022年到2023年增长了20%以上？合计不算。',
  );
  expect(asked.gold).toEqual(['城东', '销售', '技术']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of rows-where reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(rowsWhere.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(rowsWhere, language, { what: 'rows' })).toBe(true);
  }
});
