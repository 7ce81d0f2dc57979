import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf, reads } from '../../../../../test/questions/small-documents.ts';
import { twoTables } from './index.ts';

const report = contextOf(
  'Alder plc: Annual Report 2023',
  `# Alder plc: Annual Report 2023

## Sales

Table 1. Revenue by region (in millions of GBP)

| Region | 2022 | 2023 |
| --- | --- | --- |
| North | 120 | 150 |
| South | 80 | 100 |
| East | 50 | 50 |
| Total | 250 | 300 |

## Spending

Table 2. Capital expenditure by kind (in millions of GBP)

| Kind | 2022 | 2023 |
| --- | --- | --- |
| Machinery | 20 | 36 |
| Buildings | 5 | 9 |
| Software | 10 | 6 |
| Total | 35 | 51 |
`,
);

test('asks how spending changed as a share of revenue, in percentage points', () => {
  const asked = ask(twoTables, report, 'a');
  expect(asked.question).toMatch(
    /^Please work this out: according to “Alder plc: Annual Report 2023”, by how many percentage points did “(?:Machinery|Buildings|Software)” \(table “Capital expenditure by kind”\) rise or fall from 2022 to 2023 as a share of the total of the table “Revenue by region”\? Round to one decimal/,
  );
  const [, kind = ''] = /did “(\w+)”/.exec(asked.question ?? '') ?? [];
  // 20/250 to 36/300, 5/250 to 9/300, 10/250 to 6/300.
  expect(asked.gold).toEqual([{ Machinery: '4.0', Buildings: '1.0', Software: '-2.0' }[kind]]);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(reads(asked.solvedWithoutTables)).toEqual([]);
});

test('every wording of two-tables reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(twoTables.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(twoTables, language, { what: 'a figure' })).toBe(true);
  }
});

test('sales and staff make no share', () => {
  expect(ask(twoTables, sampleContext('en'), 'a')).toEqual({ refused: 'no two tables whose figures make a ratio' });
});
