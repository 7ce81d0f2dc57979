import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { rowsWhere } from './index.ts';

test('asks in English for rows that moved as told', () => {
  const asked = ask(rowsWhere, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Which rows in the tables “Sales by region” and “Employees by function” both rose from 2022 to 2023 in “Cedar Inc: Annual Report 2023” and did so in “Birch Ltd: Annual Report 2023” too, totals aside?',
  );
  expect(asked.gold).toEqual(['North', 'East', 'Stores']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in English for rows that moved as told (another program)', () => {
  const asked = ask(rowsWhere, sampleContext('en'), 'b');
  expect(asked.question).toBe(
    'Which rows in the tables “Sales by region” and “Employees by function” both rose from 2022 to 2023 in “Cedar Inc: Annual Report 2023” and fell over the same period in “Birch Ltd: Annual Report 2023”, totals aside?',
  );
  expect(asked.gold).toEqual(['South', 'West', 'Drivers']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for rows that moved as told', () => {
  const asked = ask(rowsWhere, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '《松江公司2023年年度报告》的表“分地区收入”、“员工人数”中，哪些项目从2022年到2023年增长了20%以上（合计除外）？',
  );
  expect(asked.gold).toEqual(['城东', '销售', '技术']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('calls years as the tables write them', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(rowsWhere, sampleContext('en', 4, overTwoYears), seed);
    expect(asked.question).toMatch(/from 202\d\/2\d\b.* to 202\d\/2\d\b|from 202\d\/2\d to 202\d\/2\d in /);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('speaks of totals only where a table has one', () => {
  const withoutTotals = (text: string): string => text.replace(/^\| Total .*\n?/gm, '');
  for (const seed of ['a', 'b', 'c', 'd']) {
    const asked = ask(rowsWhere, sampleContext('en', 4, withoutTotals), seed);
    expect(asked.question).not.toMatch(/totals/i);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('sets rows apart by round bounds on columns that are no months and no years of opening', () => {
  const rows = [
    'Ash,1971,41,37,120',
    'Birch,1984,52,64,260',
    'Cedar,1990,75,58,430',
    'Dale,1962,88,93,610',
    'Elm,2003,23,29,740',
    'Fern,1999,67,71,350',
  ];
  const text = ['Mill,Opened,Jan,Feb,Staff', '---,---,---,---,---', ...rows].map(
    (row) => `| ${row.replaceAll(',', ' | ')} |`,
  );
  for (let seed = 0; seed < 20; seed++) {
    const { question = '' } = ask(rowsWhere, contextOf('Mills', text.join('\n')), `${seed}`);
    expect(question).not.toMatch(/“Opened”/);
    expect(/“Jan”/.test(question) && /“Feb”/.test(question)).toBe(false);
    for (const [, bound = ''] of question.matchAll(/(?:more|less) than ([\d.,]+)/g))
      expect(bound).toMatch(/^(?:[1-9]|[12]5)0*$/);
  }
});

test('every wording of rows-where reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(rowsWhere.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(rowsWhere, language, { what: 'rows' })).toBe(true);
  }
});
