import { expect, test } from 'vitest';
import { chineseDates, chineseInteger, chineseNames, chineseNumbers } from './chinese.ts';
import { findSections } from './sections.ts';
import { findSentences } from './sentences.ts';
import { parseStructure } from './structure.ts';

test.each([
  ['十', 10],
  ['三百二十', 320],
  ['两万零五', 20005],
  ['一亿二千万', 120_000_000],
  ['二〇〇一', 2001],
])('%s is %i', (numeral, value) => {
  expect(chineseInteger(numeral)).toBe(value);
});

test('numbers carry their scale and unit', () => {
  const text = '收入1.2亿元，长三百二十公里，共3,415米。';
  expect(chineseNumbers(text).map(({ value, unit }) => [value, unit])).toEqual([
    [120_000_000, '元'],
    [320, '公里'],
    [3415, '米'],
  ]);
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
  expect(findSections(text).map(({ title }) => title)).toEqual(['第一章 出发', '第二章 归来', '第十二回：结局']);
});

test('names are found by what stands beside them, and then everywhere', () => {
  const text = '王小明说要走。李芳问为什么。王小明没有回答。李芳看着王小明，李芳笑了。';
  expect(chineseNames(text).map(({ name, mentions }) => [name, mentions.length])).toEqual([
    ['李芳', 3],
    ['王小明', 3],
  ]);
});

test('a Chinese dialogue has its turns', () => {
  const text = Array.from({ length: 6 }, (_, i) => `[12:0${i}] ${i % 2 === 0 ? '张三' : '李四'}：第${i}句话。`).join(
    '\n',
  );
  const { turns, form } = parseStructure(text);
  expect(turns.map(({ speaker, time }) => `${speaker} ${time}`).slice(0, 2)).toEqual(['张三 12:00', '李四 12:01']);
  expect([turns.length, form]).toEqual([6, 'dialogue']);
});
