import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { statementCheck } from './index.ts';

test('asks in English for the one comparison of growths that holds', () => {
  const asked = ask(statementCheck, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Which of these statements is true of the changes from 2022 to 2023 that the reports show (a fall counts as negative growth)?\n(A) “Drivers” (table “Employees by function”) grew by a larger percentage in “Birch Ltd: Annual Report 2023” than in “Alder plc: Annual Report 2023”\n(B) “Stores” (table “Employees by function”) grew by a larger percentage in “Alder plc: Annual Report 2023” than in “Cedar Inc: Annual Report 2023”\n(C) “South” (table “Sales by region”) grew by a larger percentage in “Alder plc: Annual Report 2023” than in “Cedar Inc: Annual Report 2023”\n(D) “East” (table “Sales by region”) grew by a larger percentage in “Birch Ltd: Annual Report 2023” than in “Alder plc: Annual Report 2023”',
  );
  expect(asked.gold).toEqual(['D']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for the one comparison of growths that holds', () => {
  const asked = ask(statementCheck, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '关于《松江公司2023年年度报告》中从2022年到2023年的变化（下降算负增长），下列说法中哪一项正确？\n(A) “江北”的增长率高于“城西”（表“分地区收入”）\n(B) “管理”的增长率高于“技术”（表“员工人数”）\n(C) “生产”的增长率高于“销售”（表“员工人数”）\n(D) “江南”的增长率高于“城东”（表“分地区收入”）',
  );
  expect(asked.gold).toEqual(['A']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('calls years as the tables write them', () => {
  for (const seed of ['a', 'b', 'c']) {
    const asked = ask(statementCheck, sampleContext('en', 4, overTwoYears), seed);
    expect(asked.question).toMatch(/from 202\d\/2\d\b.* to 202\d\/2\d\b/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('every wording of statement-check reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(statementCheck.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(statementCheck, language, { scope: 'In 2023', options: '(A) one\n(B) two' })).toBe(true);
  }
});
