import { expect, test } from 'vitest';
import { ask, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { tableLookup } from './index.ts';

test('asks in English for a cell whose row another table tells', () => {
  const asked = ask(tableLookup, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'For the function whose figure rose most in percent from 2021 to 2022 in the table “Employees by function” of “Alder plc: Annual Report 2022”, what is the 2023 figure in the table “Employees by function” of “Alder plc: Annual Report 2023”?',
  );
  expect(asked.gold).toEqual(['150']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('every wording of table-lookup reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(tableLookup.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(tableLookup, language, { clue: 'roost', wanted: 'the 2023 figure' })).toBe(true);
  }
});

test('asks in Chinese for a cell of the table that tells the row', () => {
  const asked = ask(tableLookup, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '《松江公司2023年年度报告》的表“分地区收入”中，2022年数字最低的地区，其2023年数字是多少？',
  );
  expect(asked).toMatchObject({ gold: ['36'], solved: ['36'], proven: true });
});

const sheet = (head: string, rows: readonly string[]): string =>
  [head, head.replace(/[^,]+/g, '---'), ...rows].map((row) => `| ${row.replaceAll(',', ' | ')} |`).join('\n');

test('spells of time and sizes are no rows to find by their figures', () => {
  const weeks = sheet('Period,Treated,Control', [
    'Before,0.38,0.40',
    'Weeks 1–2,0.49,0.39',
    'Weeks 3–4,0.66,0.41',
    'Weeks 5–6,0.77,0.45',
  ]);
  expect(ask(tableLookup, contextOf('Lamps', weeks), 'a')).toHaveProperty('refused');
});

test('asks for no figure that most rows have, and calls a row by the heading over the names', () => {
  const parts = sheet('Part,Price,Pieces', [
    'Gasket,22,1',
    'Belt,35,1',
    'Fan,80,1',
    'Probe,64,1',
    'Drum,410,2',
    'Glass,95,1',
  ]);
  for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const asked = ask(tableLookup, contextOf('Spares', parts), seed);
    expect(asked.gold).toEqual(['2']);
    expect(asked.question).toContain('the part with the highest “Price” figure');
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});
