import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { tablesJoined } from './index.ts';

test('asks in English for a table made of several reports', () => {
  const asked = ask(tablesJoined, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please make a table with the columns “Report”, “East”, “Drivers”, “Stores” and “South” and one row each for “Alder plc: Annual Report 2023”, “Cedar Inc: Annual Report 2023”, “Alder plc: Annual Report 2022” and “Birch Ltd: Annual Report 2023”; the first column holds the title of the report, the others its figures for 2022, which stand in the tables “Sales by region” and “Employees by function”. Copy all values as printed.',
  );
  expect(asked.gold).toEqual([
    '{"columns":["Report","East","Drivers","Stores","South"],"data":[["Alder plc: Annual Report 2023","65","120","61","76"],["Cedar Inc: Annual Report 2023","45","25","18","22"],["Alder plc: Annual Report 2022","65","120","61","76"],["Birch Ltd: Annual Report 2023","12","12","8","31"]]}',
  ]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of tables-joined reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tablesJoined.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tablesJoined, language, { what: 'with columns' })).toBe(true);
  }
});

test('one report alone gives no such question', () => {
  expect(ask(tablesJoined, sampleContext('zh'), 'a')).toEqual({ refused: 'no tables that have rows in common' });
});
