import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
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

test('a row is called without the sign that it has in an account', () => {
  const rows = [
    '营业收入,80900,84500',
    '减：营业成本,59120,64240',
    '管理费用,7260,7480',
    '财务费用,3410,3000',
    '加：其他收益,1350,1460',
    '研发费用,1190,1380',
    '销售费用,2000,2020',
  ];
  const lines = ['项目,2022年,2023年', '---,---,---', ...rows].map((row) => `| ${row.replaceAll(',', ' | ')} |`);
  const context = contextOf('河口水务2023年度报告', `表1 损益摘要\n\n${lines.join('\n')}\n`, 'zh');
  const asked = ask(figuresToTables, context, 'a');
  expect(asked.question).toContain('“营业成本”');
  expect(asked.question).not.toMatch(/[减加]：/);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
});
