import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { statementCheck } from './index.ts';

test('asks in English for the one statement on changes that holds', () => {
  const asked = ask(statementCheck, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Which of these statements is true of the changes from 2022 to 2023 that the reports show?\n(A) The figure for “Drivers” (table “Employees by function”) rose in “Birch Ltd: Annual Report 2023” while it fell in “Alder plc: Annual Report 2023”\n(B) The figure for “Stores” (table “Employees by function”) rose in “Alder plc: Annual Report 2023” while it fell in “Cedar Inc: Annual Report 2023”\n(C) The figure for “South” (table “Sales by region”) rose by a larger percentage in “Alder plc: Annual Report 2023” than in “Cedar Inc: Annual Report 2023”\n(D) The figure for “East” (table “Sales by region”) rose in “Birch Ltd: Annual Report 2023” while it fell in “Alder plc: Annual Report 2023”',
  );
  expect(asked.gold).toEqual(['D']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for the one statement on changes that holds', () => {
  const asked = ask(statementCheck, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '关于《松江公司2023年年度报告》中从2022年到2023年的变化，下列说法中哪一项正确？\n(A) 表“分地区收入”中，“江北”的数字上升，而“城西”的数字下降\n(B) 表“员工人数”中，“管理”的数字上升，而“技术”的数字下降\n(C) 表“员工人数”中，“生产”的增长率高于“销售”\n(D) 表“分地区收入”中，“江南”的数字上升，而“城东”的数字下降',
  );
  expect(asked.gold).toEqual(['A']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

const sheet = (head: string, rows: readonly string[]): string =>
  [head, head.replace(/[^,]+/g, '---'), ...rows].map((row) => `| ${row.replaceAll(',', ' | ')} |`).join('\n');

test('says of two falls that they fell, and draws on two tables at least', () => {
  const boats = (caption: string, rows: readonly string[]): string => `${caption}\n\n${sheet('Boat,2018,2019', rows)}`;
  const fuel = boats('Table 1. Fuel burned by boat (tonnes)', [
    'Teal,99,96',
    'Fulmar,265,255',
    'Gannet,91,80',
    'Petrel,140,120',
  ]);
  const days = boats('Table 2. Days at sea by boat (days)', [
    'Tern,210,190',
    'Skua,180,171',
    'Auk,155,120',
    'Eider,230,225',
  ]);
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(statementCheck, contextOf('Fleet', `# Fleet\n\n${fuel}\n\n${days}`), seed);
    expect(asked.question).toMatch(
      /“Fuel burned by boat”[\s\S]*“Days at sea by boat”|“Days at sea by boat”[\s\S]*“Fuel burned by boat”/,
    );
    expect(asked.question).not.toMatch(/gr[eo]w|rose/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
  expect(ask(statementCheck, contextOf('Fleet', `# Fleet\n\n${fuel}`), 'a')).toHaveProperty('refused');
});

test('asks nothing of one small table, and of a large one which row comes first or last, never of years of opening', () => {
  const yards = [
    'Ash,1971,41,370,12',
    'Birch,1984,52,640,26',
    'Cedar,1990,75,580,4.3',
    'Dale,1962,88,93,61',
    'Elm,2003,23,290,74',
    'Fern,1999,67,710,35',
  ];
  const more = ['Glen,1953,36,150,18', 'Holt,2011,94,420,9.1'];
  const head = 'Yard,Opened,Cranes,Staff,Berth area';
  expect(ask(statementCheck, contextOf('Yards', sheet(head, yards)), 'a')).toHaveProperty('refused');
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const asked = ask(statementCheck, contextOf('Yards', sheet(head, [...yards, ...more])), seed);
    expect(asked.question?.match(/has the (?:highest|lowest|largest|smallest) “\w+(?: \w+)?” figure/g)).toHaveLength(4);
    expect(asked.question).not.toMatch(/Opened|more than|less than/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
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
