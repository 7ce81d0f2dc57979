import { expect, test } from 'vitest';
import { ask, overTwoYears, sampleContext, wordingsReadBack } from '../../../../../test/questions/sample-reports.ts';
import { contextOf } from '../../../../../test/questions/small-documents.ts';
import { rowsRanked } from './index.ts';

test('asks in English for rows ranked by growth', () => {
  const asked = ask(rowsRanked, sampleContext('en'), 'a');
  expect(asked.question).toBe(
    'Please rank the functions in the table “Employees by function” by how much they changed in percent from 2021, as given in “Alder plc: Annual Report 2022”, to 2023, as given in “Alder plc: Annual Report 2023”, with the largest rise at the top. Leave out totals.',
  );
  expect(asked.gold).toEqual(['Drivers', 'Works', 'Stores', 'Offices']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('asks in Chinese for rows ranked by what they rose by', () => {
  const fallen = (text: string): string =>
    text.replace('| 城西 | 90 | 81 |', '| 城西 | 90 | 60 |').replace('313', '292');
  const asked = ask(rowsRanked, sampleContext('zh', 1, fallen), 'a');
  expect(asked.question).toBe(
    '请排序：《松江公司2023年年度报告》的表“分地区收入”中的各个地区，按2023年比2022年增加的数量从高到低排列，减少最多的排在最后。合计不列。',
  );
  expect(asked.gold).toEqual(['城东', '江北', '江南', '城西']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  expect(asked.solvedWithoutTables ?? []).toEqual([]);
});

test('ranks nothing that the table lists nearly so', () => {
  expect(ask(rowsRanked, sampleContext('zh'), 'a')).toHaveProperty('refused');
});

test('calls years as the tables write them', () => {
  for (const seed of ['a', 'b', 'c']) {
    const asked = ask(rowsRanked, sampleContext('en', 4, overTwoYears), seed);
    expect(asked.question).toMatch(/from 202\d\/2\d\b.* to 202\d\/2\d\b/);
    expect(asked).toMatchObject({ solved: asked.gold, proven: true });
  }
});

const quotients = [
  '# 三县统计',
  '表1 地区生产总值（单位：亿元）',
  '| 区县 | 2022年 |\n| --- | --- |\n| 东浦县 | 402.5 |\n| 青杉县 | 331.0 |\n| 河口县 | 518.2 |\n| 石门县 | 120.4 |',
  '## 人口',
  '表2 常住人口（单位：万人）',
  '| 区县 | 2022年末 |\n| --- | --- |\n| 青杉县 | 61.5 |\n| 东浦县 | 40.1 |\n| 石门县 | 38.2 |\n| 河口县 | 45.9 |',
].join('\n\n');

test('a ratio is named by what is divided, and totals only where there is one', () => {
  const asked = ask(rowsRanked, contextOf('三县统计', quotients, 'zh'), 'a');
  expect(asked.question).toBe(
    '请排序：《三县统计》中两张表共有的区县，按“地区生产总值”（2022年）与“常住人口”（2022年末）之比从高到低排列。',
  );
  expect(asked.gold).toEqual(['河口县', '东浦县', '青杉县', '石门县']);
  expect(asked).toMatchObject({ solved: asked.gold, proven: true });
});

test('every wording of rows-ranked reads back', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(rowsRanked.wordings.count(language)).toBeGreaterThanOrEqual(8);
    expect(wordingsReadBack(rowsRanked, language, { what: 'rows' })).toBe(true);
  }
});
