import { expect, test } from 'vitest';
import { findSections } from '../structure/sections.ts';
import { findSentences } from '../structure/sentences.ts';
import { parseStructure } from '../structure/structure.ts';
import { chineseDates, chineseNumber, chineseNumbers } from './chinese.ts';

test.each([
  ['十', 10],
  ['三百二十', 320],
  ['两万零五', 20005],
  ['一亿二千万', 120_000_000],
  ['二〇〇一', 2001],
  ['1万2千', 12_000],
  ['2千5百万', 25_000_000],
  ['3亿5000万', 350_000_000],
])('%s is %i', (numeral, value) => {
  expect(chineseNumber(numeral)).toBe(value);
});

test('numbers carry their scale and unit', () => {
  const text = '收入1.2亿元，长三百二十公里，共3,415米。';
  expect(chineseNumbers(text).map(({ value, unit }) => [value, unit])).toEqual([
    [120_000_000, '元'],
    [320, '公里'],
    [3415, '米'],
  ]);
});

test.each([
  ['利润增长百分之二十', 20, '%', '百分之二十'],
  ['百分之３６．５', 36.5, '%', '百分之３６．５'],
  ['体温３６．５℃', 36.5, '℃', '３６．５℃'],
  ['共１，２３４元', 1234, '元', '１，２３４元'],
  ['两百斤米', 200, '斤', '两百斤'],
  ['有1万2千人', 12_000, '人', '1万2千人'],
  ['三百多人', 300, '人', '三百多人'],
  ['三千五百万美元', 35_000_000, '美元', '三千五百万美元'],
])('the number of "%s"', (text, value, unit, wording) => {
  const [found, ...rest] = parseStructure(text).numbers;
  expect(found).toMatchObject({ value, unit });
  expect(text.slice(found?.span.start, found?.span.end)).toBe(wording);
  expect(rest).toEqual([]);
});

test.each([
  ['１９９７年１２月３１日', '1997-12-31'],
  ['一九九七年十二月三十一日', '1997-12-31'],
  ['公元前221年统一', '-0220'],
  ['定于5月3日举行', '--05-03'],
  ['5月32日', undefined],
])('the date of "%s"', (text, iso) => {
  expect(parseStructure(text).dates.map((date) => date.iso)).toEqual(iso === undefined ? [] : [iso]);
});

test('dates are as exact as the text', () => {
  expect(chineseDates('1962年7月5日到二〇〇一年三月，再到1999年，1980年13月').map(({ iso }) => iso)).toEqual([
    '1962-07-05',
    '2001-03',
    '1999',
  ]);
});

test('sentences end with their closing quotation mark', () => {
  const text = '王小明说：“走吧！”大家都走了。\n\n然后呢？没有了';
  expect(findSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    '王小明说：“走吧！”',
    '大家都走了。',
    '然后呢？',
    '没有了',
  ]);
});

test('headings are told from prose', () => {
  const text = '第一章 出发\n他走了。\n第二章 归来\n第三章里他没有说话。\n第十二回：结局';
  expect(findSections(text).map(({ title }) => title)).toEqual(['出发', '归来', '结局']);
});

test('a Chinese dialogue has its turns', () => {
  const text = Array.from({ length: 6 }, (_, i) => `[12:0${i}] ${i % 2 === 0 ? '张三' : '李四'}：第${i}句话。`).join(
    '\n',
  );
  const { turns, form } = parseStructure(text);
  expect(turns.map(({ speaker, time }) => `${speaker} ${time}`).slice(0, 2)).toEqual(['张三 12:00', '李四 12:01']);
  expect([turns.length, form]).toEqual([6, 'conversation']);
});
