import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { rowsRanked } from './index.ts';

test('asks in English for rows ranked by growth', () => {
  const asked = ask(rowsRanked, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please rank the lines below by how much they changed in percent from 2021, as given in “Alder plc: Annual Report 2022”, to 2023, as given in “Alder plc: Annual Report 2023”, with the largest rise at the top.\n- “Stores” (table “Employees by function”)\n- “North” (table “Sales by region”)\n- “Offices” (table “Employees by function”)\n- “East” (table “Sales by region”)\n- “Drivers” (table “Employees by function”)',
  );
  expect(asked.gold).toEqual(['Drivers', 'North', 'East', 'Stores', 'Offices']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for rows ranked by growth', () => {
  const asked = ask(rowsRanked, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '请排序：下列各项按《松江公司2023年年度报告》从2022年到2023年变动了百分之几，增长最多的排在最前。\n- “城西”（表“分地区收入”）\n- “管理”（表“员工人数”）\n- “江北”（表“分地区收入”）\n- “技术”（表“员工人数”）\n- “城东”（表“分地区收入”）\n- “江南”（表“分地区收入”）\n- “生产”（表“员工人数”）',
  );
  expect(asked.gold).toEqual(['城东', '技术', '江北', '生产', '管理', '城西', '江南']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('calls years as the tables write them', () => {
  for (const seed of ['a', 'b', 'c']) {
    const asked = ask(rowsRanked, sampleContext('en', 4, overTwoYears), seed);
    expect(asked.question).toMatch(/from 202\d\/2\d\b.* to 202\d\/2\d\b/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('every wording of rows-ranked reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(rowsRanked.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(rowsRanked, language, { what: 'rows' })).toBe(true);
  }
});
