/** @file Worked examples in Chinese of the sub-tasks of T4, T5 and T6, over `example-text.ts`. */
import type { Written } from '../../draft.ts';

const reed = { quote: '他头一年烧了六百一十桶油，第二年烧了五百四十桶', says: '罗恒先烧六百一十桶，后烧五百四十桶。' };
const lind = { quote: '灯每年烧二百七十桶油', says: '林可每年烧二百七十桶。' };
const south = { quote: '南灯塔头一年烧了四百八十桶油', says: '南灯塔头一年四百八十桶。' };

/** By the id of the sub-task. */
export const t4ToT6: Readonly<Record<string, Written>> = {
  'targeted-aggregation': {
    facts: [reed, lind],
    reason: '罗恒两年共一千一百五十桶，加林可一年为一千四百二十桶。',
    figures: [
      { name: 'a', from: [1], value: '六百一十' },
      { name: 'b', from: [1], value: '五百四十' },
      { name: 'c', from: [2], value: '二百七十' },
    ],
    formula: 'a + b + c',
    decimals: -1,
    answer: [{ from: [1, 2], text: '1420' }],
    question: '北灯塔在罗恒的头两年与林可的一年里一共烧了多少桶油？',
  },
  'growth-and-share': {
    facts: [reed],
    reason: '减少七十桶，占六百一十桶的百分之十一点五。',
    figures: [
      { name: 'first', from: [1], value: '六百一十' },
      { name: 'second', from: [1], value: '五百四十' },
    ],
    formula: '(first - second) / first * 100',
    decimals: 1,
    answer: [{ from: [1], text: '11.5' }],
    question: '罗恒第二年用油比头一年减少百分之几？保留一位小数。',
  },
  'date-arithmetic': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '沈安一八七一年上任。' },
      { quote: '第二条船于一八九九年八月运到', says: '船一八九九年到。' },
    ],
    reason: '一八九九减一八七一得二十八。',
    figures: [
      { name: 'came', from: [1], value: '一八七一年' },
      { name: 'boat', from: [2], value: '一八九九年' },
    ],
    formula: 'boat - came',
    decimals: -1,
    answer: [{ from: [1, 2], text: '28' }],
    question: '按公历年份相减，首位守塔人上任与第二条船运到相隔多少年？',
  },
  'procedural-state': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '第一任。' },
      { quote: '罗恒于一八八四年五月接任', says: '第二任。' },
    ],
    reason: '一九〇〇年以前有沈安与罗恒，林可一九〇二年才来。',
    figures: [{ name: 'keepers', from: [1, 2], value: '2' }],
    formula: 'keepers',
    decimals: -1,
    answer: [{ from: [1, 2], text: '2' }],
    question: '到一九〇〇年底，先后有多少人当过北灯塔的守塔人？',
  },
  'figures-across-documents': {
    facts: [reed, south],
    reason: '六百一十减四百八十得一百三十。',
    figures: [
      { name: 'north', from: [1], value: '六百一十' },
      { name: 'south', from: [2], value: '四百八十' },
    ],
    formula: 'north - south',
    decimals: -1,
    answer: [{ from: [1, 2], text: '130' }],
    question: '罗恒头一年比南灯塔头一年多烧多少桶油？',
  },
  'facts-to-table': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '沈安，一八七一年三月。' },
      { quote: '罗恒于一八八四年五月接任', says: '罗恒，一八八四年五月。' },
      { quote: '林可于一九〇二年六月接任', says: '林可，一九〇二年六月。' },
    ],
    reason: '每位守塔人都写明了上任的年月。',
    columns: ['守塔人', '上任'],
    answer: [
      { from: [1], cells: ['沈安', '一八七一年三月'] },
      { from: [2], cells: ['罗恒', '一八八四年五月'] },
      { from: [3], cells: ['林可', '一九〇二年六月'] },
    ],
    question: '请列出北灯塔全部守塔人的表，两列为“守塔人”（姓名）与“上任”（年月，按原文写法）。',
  },
  'events-to-table': {
    facts: [
      { quote: '罗恒于一八八四年五月接任', says: '罗恒一八八四年五月接任。' },
      { quote: '林可于一九〇二年六月接任', says: '林可一九〇二年六月接任。' },
    ],
    reason: '一八八〇年以后接任的有两位。',
    columns: ['年月', '守塔人'],
    answer: [
      { from: [1], cells: ['一八八四年五月', '罗恒'] },
      { from: [2], cells: ['一九〇二年六月', '林可'] },
    ],
    question: '请列表说明一八八〇年以后北灯塔历次接任，两列为“年月”（按原文写法）与“守塔人”（姓名）。',
  },
  'joined-documents': {
    facts: [
      { quote: '罗恒于一八八四年五月接任。他头一年烧了六百一十桶油', says: '罗恒六百一十桶。' },
      { quote: '南灯塔头一年烧了四百八十桶油。守塔人彭屿', says: '彭屿四百八十桶。' },
    ],
    reason: '两份日志各写明一个头一年的用油与守塔人。',
    columns: ['守塔人', '桶数'],
    answer: [
      { from: [1], cells: ['罗恒', '六百一十'] },
      { from: [2], cells: ['彭屿', '四百八十'] },
    ],
    question: '据两份日志，请就写明头一年用油的守塔人列表，两列为“守塔人”（姓名）与“桶数”（只写数，按原文写法）。',
  },
  'fragments-to-owners': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '第一段。' },
      { quote: '她每年冬天都请求理事会再添一条船', says: '也在第一段。' },
      { quote: '他头一年烧了六百一十桶油', says: '第二段。' },
      { quote: '罗恒于一八八四年五月接任', says: '也在第二段。' },
      { quote: '灯每年烧二百七十桶油', says: '第三段。' },
      { quote: '林可于一九〇二年六月接任', says: '也在第三段。' },
    ],
    reason: '写守塔人的三段各有一个月份和另一细节。',
    answer: [
      { from: [4], fragment: '五月开始的事', text: '第二段' },
      { from: [2], fragment: '年年提出的要求', text: '第一段' },
      { from: [6], fragment: '六月开始的事', text: '第三段' },
      { from: [1], fragment: '三月开始的事', text: '第一段' },
      { from: [5], fragment: '年年不变的用量', text: '第三段' },
      { from: [3], fragment: '超过六百的数', text: '第二段' },
    ],
    question: '日志写守塔人的部分有“第一段”、“第二段”和“第三段”，下列各项各见于哪一段？',
  },
  'document-clustering': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '一八七一年。' },
      { quote: '罗恒于一八八四年五月接任', says: '一八八四年。' },
      { quote: '林可于一九〇二年六月接任', says: '一九〇二年。' },
      { quote: '第二条船于一八九九年八月运到', says: '一八九九年。' },
    ],
    reason: '一八九〇年以前的是沈安与罗恒，以后的是林可与船。',
    answer: [
      { from: [1], fragment: '沈安上任', text: '前期' },
      { from: [4], fragment: '第二条船运到', text: '后期' },
      { from: [3], fragment: '林可接任', text: '后期' },
      { from: [2], fragment: '罗恒接任', text: '前期' },
    ],
    question: '把下列各事分为“前期”（一八九〇年以前）与“后期”（一八九〇年起）。',
  },
  'claims-to-documents': {
    facts: [
      { quote: '灯每年烧二百七十桶油', says: '北灯塔：二百七十。' },
      { quote: '彭屿于一八九〇年四月离任', says: '南灯塔：四月离任。' },
      { quote: '第二条船于一八九九年八月运到', says: '北灯塔：八月到船。' },
      { quote: '守塔人彭屿只在星期日值短班', says: '南灯塔：星期日。' },
    ],
    reason: '只有北灯塔日志写到二百七十桶与船，只有南灯塔日志写到离任与星期日。',
    answer: [
      { from: [1], fragment: '每年不到三百桶的用量', text: '北灯塔日志' },
      { from: [2], fragment: '记在春天某月的变动', text: '南灯塔日志' },
      { from: [3], fragment: '夏天运到的东西', text: '北灯塔日志' },
      { from: [4], fragment: '一周中的某一天', text: '南灯塔日志' },
    ],
    question: '下列各项见于哪一份文档，“北灯塔日志”还是“南灯塔日志”？',
  },
};
