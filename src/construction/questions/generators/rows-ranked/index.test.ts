import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { rowsRanked } from './index.ts';

test('asks in English for rows ranked by growth', () => {
  const asked = ask(rowsRanked, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please rank the lines of the table “Sales by region” by how much they changed in percent from 2021, as given in “Alder plc: Annual Report 2022”, to 2023, as given in “Alder plc: Annual Report 2023”, with the largest rise at the top. Leave out totals and lines that only one of the two reports has.',
  );
  expect(asked.gold).toEqual(['South', 'North', 'East', 'West']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for rows ranked by growth', () => {
  const asked = ask(rowsRanked, sampleContext('zh'), 'a');
  expect(asked.question).toBe(
    '请排序：《松江公司2023年年度报告》的表“分地区收入”中的各行，按2022年至2023年的变动幅度（%）从高到低排列。合计不列。',
  );
  expect(asked.gold).toEqual(['城东', '江北', '城西', '江南']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('calls years as the tables write them', () => {
  for (const seed of ['a', 'b', 'c']) {
    const asked = ask(rowsRanked, sampleContext('en', 4, overTwoYears), seed);
    expect(asked.question).toMatch(/from 202\d\/2\d\b.* to 202\d\/2\d\b/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

test('every wording of rows-ranked reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(rowsRanked.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(rowsRanked, language, { what: 'rows' })).toBe(true);
  }
});
