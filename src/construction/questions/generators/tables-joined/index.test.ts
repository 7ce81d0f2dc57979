import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { tablesJoined } from './index.ts';

test('asks in English for a table made of several reports, each of a body of its own', () => {
  const asked = ask(tablesJoined, sampleContext('en'), 'b');
  expect(asked.question).toBe(
    'Please make a table with the columns “Report”, “North”, “West”, “East” and “South” and one row each for “Alder plc: Annual Report 2023”, “Cedar Inc: Annual Report 2023” and “Birch Ltd: Annual Report 2023”; the first column holds the title of the report, the others its figures for 2022 in the table “Sales by region”. Copy all values as printed.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["Report","North","West","East","South"],"data":[["Alder plc: Annual Report 2023","118","30","65","76"],["Cedar Inc: Annual Report 2023","50","16","45","22"],["Birch Ltd: Annual Report 2023","20","9","12","31"]]}',
  ]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for one table with what changed', () => {
  const asked = ask(tablesJoined, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '请制作一张表：各列为“地区”、“2022”、“2023”、“增减”，《松江公司2023年年度报告》的表“分地区收入”中除合计外的每一项各占一行；末列填2023年比2022年多出的数（用表中的单位），减少写负数。',
  );
  expect(asked.gold).toEqual([
    '{"columns":["地区","2022","2023","增减"],"data":[["城东","100","130","30"],["城西","90","81","-9"],["江北","60","66","6"],["江南","45","36","-9"]]}',
  ]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
});

test('a change that the table prints itself is not asked for beside it', () => {
  const printed = [
    'City | 2022 | 2023 | Change %',
    '--- | --- | --- | ---',
    'Ash | 118 | 131 | 11.0',
    'Elm | 30 | 41 | 36.7',
    'Oak | 65 | 61 | -6.2',
  ];
  const rows = (lines: readonly string[]): string => lines.map((line) => `| ${line} |`).join('\n');
  const context = (lines: readonly string[]) => contextOf('Loans', `Table 1. Loans by city\n\n${rows(lines)}\n`);
  const plain = printed.map((line) => line.replace(/ \| [^|]*$/, ''));
  expect(ask(tablesJoined, context(plain), 'a').question).toContain('“City”, “2022”, “2023” and “Change”');
  for (const seed of ['a', 'b', 'c'])
    expect(ask(tablesJoined, context(printed), seed).question ?? '').not.toMatch(/Change/);
});

test('every wording of tables-joined reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tablesJoined.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tablesJoined, language, { what: 'with columns' })).toBe(true);
  }
});
