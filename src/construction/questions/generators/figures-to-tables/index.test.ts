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

test('one report alone gives no such question', () => {
  expect(ask(figuresToTables, sampleContext('zh'), 'a')).toEqual({ refused: 'too few rows that three reports have' });
});
