import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { figuresToTables } from './index.ts';

test('asks in English for changes matched with their reports', () => {
  const asked = ask(figuresToTables, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Which report does each of these changes come from? The reports to choose from are “Alder plc: Annual Report 2023”, “Cedar Inc: Annual Report 2023” and “Birch Ltd: Annual Report 2023”.\n1: “Drivers” in the table “Employees by function”: +25.0% from 2022 to 2023\n2: “North” in the table “Sales by region”: +30.0% from 2022 to 2023\n3: “East” in the table “Sales by region”: +33.3% from 2022 to 2023\n4: “Stores” in the table “Employees by function”: +12.5% from 2022 to 2023\n5: “South” in the table “Sales by region”: +50.0% from 2022 to 2023\n6: “West” in the table “Sales by region”: +10.0% from 2022 to 2023',
  );
  expect(asked.gold).toEqual([
    '1: Alder plc: Annual Report 2023',
    '2: Birch Ltd: Annual Report 2023',
    '3: Cedar Inc: Annual Report 2023',
    '4: Birch Ltd: Annual Report 2023',
    '5: Cedar Inc: Annual Report 2023',
    '6: Alder plc: Annual Report 2023',
  ]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of figures-to-tables reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(figuresToTables.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(figuresToTables, language, { titles: '“A”', items: '1: one\n2: two' })).toBe(true);
  }
});

test('asks of one report which line each change is of', () => {
  const asked = ask(figuresToTables, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '《松江公司2023年年度报告》中，从2022年到2023年的下列变化各是哪一项的？可选的项目：\n- “管理”（表“员工人数”）\n- “生产”（表“员工人数”）\n- “城东”（表“分地区收入”）\n- “江南”（表“分地区收入”）\n- “销售”（表“员工人数”）\n- “江北”（表“分地区收入”）\n- “城西”（表“分地区收入”）\n变化：\n1: -10.0%\n2: +25.0%\n3: -5.0%\n4: +30.0%\n5: +10.0%\n6: +4.0%',
  );
  expect(asked.gold).toEqual(['1: 城西', '2: 销售', '3: 管理', '4: 城东', '5: 江北', '6: 生产']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  const slots = { document: 'A', from: '2022', to: '2023', lines: '- “B” (table “C”)', items: '1: +1.0%' };
  expect(wordingsReadBack(figuresToTables, 'en', slots)).toBe(true);
  expect(wordingsReadBack(figuresToTables, 'zh', slots)).toBe(true);
});
