import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { tableLookup } from './index.ts';

test('asks in English for a cell whose row another table tells', () => {
  const asked = ask(tableLookup, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Find the line with the highest percentage growth from 2021 to 2022, totals aside, in the table “Employees by function” of “Alder plc: Annual Report 2022”. What does the table “Employees by function” of “Cedar Inc: Annual Report 2023” give for the same line under “2023”?',
  );
  expect(asked.gold).toEqual(['27']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of table-lookup reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableLookup.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableLookup, language, { clue: 'the first row', place: 'B', wanted: '2023' })).toBe(true);
  }
});

test('one report alone gives no such question', () => {
  expect(ask(tableLookup, sampleContext('zh'), 'a')).toEqual({
    refused: 'no two tables that have rows in common, and none with columns to choose rows by',
  });
});
