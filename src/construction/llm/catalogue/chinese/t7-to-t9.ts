/** @file Worked examples in Chinese of the sub-tasks of T7, T8 and T9, over `example-text.ts`. */
import type { Written } from '../../draft.ts';

const reed = { quote: '他头一年烧了六百一十桶油，第二年烧了五百四十桶', says: '罗恒：六百一十、五百四十。' };
const lind = { quote: '灯每年烧二百七十桶油', says: '林可：每年二百七十。' };
const south = { quote: '南灯塔头一年烧了四百八十桶油', says: '南灯塔：四百八十。' };
const asked = { quote: '她每年冬天都请求理事会再添一条船，每次都被拒绝', says: '沈安求船不得。' };
const boat = { quote: '第二条船于一八九九年八月运到，罗恒同时把自己的船卖给了理事会', says: '一八九九年船到。' };

const summary = {
  facts: [asked, reed, lind, boat],
  reason: '日志写三位守塔人、一条船和越来越少的用油。',
  answer: [
    { from: [1, 4], text: '第二条船多年未获准，一八九九年才到。' },
    { from: [2, 3], text: '用油一任少于一任。' },
    { from: [4], text: '罗恒把自己的船卖给了理事会。' },
  ],
  summary:
    '三人先后守护北塔，耗油一任比一任省，末了一年只需二百七十桶。首任屡求添船未果，到一八九九年第二任才把自家的船让给理事会。',
};

/** By the id of the sub-task. */
export const t7ToT9: Readonly<Record<string, Written>> = {
  'graded-ranking': {
    facts: [reed, lind, south],
    reason: '610 + 540 = 1150；5 * 270 = 1350；2 * 480 = 960；4 * 270 = 1080；年数最多的不是最多。',
    answer: [
      { from: [2], value: '5 * 270', text: '照林可在任时烧五年' },
      { from: [1], value: '610 + 540', text: '罗恒的头两年' },
      { from: [2], value: '4 * 270', text: '照林可在任时烧四年' },
      { from: [3], value: '2 * 480', text: '照南灯塔头一年烧两年' },
      { from: [1], value: '610', text: '只算罗恒的头一年' },
    ],
    question: '下列各项总共烧多少桶油？请由多到少排序。',
  },
  'ranking-across-documents': {
    facts: [reed, lind, south],
    reason: '610 - 540 = 70；610 - 480 = 130；480 - 270 = 210；540 - 270 = 270；610 - 270 = 340。',
    answer: [
      { from: [1], value: '610 - 540', text: '罗恒的头两年之间' },
      { from: [1, 3], value: '610 - 480', text: '罗恒头一年与南灯塔头一年之间' },
      { from: [2, 3], value: '480 - 270', text: '南灯塔头一年与林可的一年之间' },
      { from: [1, 2], value: '540 - 270', text: '罗恒第二年与林可的一年之间' },
      { from: [1, 2], value: '610 - 270', text: '罗恒头一年与林可的一年之间' },
    ],
    question: '下列各项都指两座灯塔的两个年份。请按两年用油桶数之差由小到大排序。',
  },
  'order-by-time': {
    facts: [
      { quote: '沈安于一八七一年三月任守塔人', says: '一八七一年三月。' },
      { quote: '罗恒于一八八四年五月接任', says: '一八八四年五月。' },
      { quote: '彭屿于一八九〇年四月离任', says: '一八九〇年四月。' },
      { quote: '第二条船于一八九九年八月运到', says: '一八九九年八月。' },
      { quote: '林可于一九〇二年六月接任', says: '一九〇二年六月。' },
    ],
    reason: '次序由年月得出，从人名与船看不出。',
    answer: [
      { from: [1], value: '一八七一年三月', text: '沈安上任' },
      { from: [2], value: '一八八四年五月', text: '罗恒接任' },
      { from: [3], value: '一八九〇年四月', text: '彭屿离任' },
      { from: [4], value: '一八九九年八月', text: '一条船运到' },
      { from: [5], value: '一九〇二年六月', text: '林可接任' },
    ],
    question: '把两座灯塔的这些事按发生的先后排列，最早的在前。',
  },
  'order-by-logic': {
    facts: [
      { quote: '剪灯芯在加油之前', says: '先剪后加油。' },
      { quote: '加油之后擦玻璃，最后升起遮板', says: '加油、擦玻璃、升遮板。' },
    ],
    reason: '剪灯芯、加油、擦玻璃、升遮板。',
    answer: [
      { from: [1], value: '1', text: '修剪灯芯' },
      { from: [1, 2], value: '2', text: '给灯加油' },
      { from: [2], value: '3', text: '擦拭玻璃' },
      { from: [2], value: '4', text: '升起遮板' },
    ],
    question: '料理灯时，这些事应按怎样的次序做？',
  },
  'order-in-text': {
    facts: [
      { quote: '她每年冬天都请求理事会', says: '向理事会请求。' },
      { quote: '第二年烧了五百四十桶', says: '第二年。' },
      { quote: '灯芯不剪，就会熏黑玻璃', says: '熏黑。' },
      { quote: '本日志所称“短班”，是指三小时的值守', says: '界定用语。' },
    ],
    reason: '各处在日志中依次出现。',
    answer: [
      { from: [1], value: '1', text: '一再提出的要求' },
      { from: [2], value: '2', text: '两年用量的比较' },
      { from: [3], value: '3', text: '疏忽弄脏了东西' },
      { from: [4], value: '4', text: '解释一个用语' },
    ],
    question: '北灯塔日志依次写到这些要点的次序如何？',
  },
  'order-by-frequency': {
    facts: [
      { quote: '绳子春天来了两次', says: '绳子，春秋、用完、不剩：4 次。' },
      { quote: '又要了油漆', says: '油漆，前后各一处：3 次。' },
      { quote: '面粉很贵', says: '面粉，又同油漆一处：2 次。' },
      { quote: '钉子也不够', says: '钉子：1 次。' },
    ],
    reason: '从头数到尾：绳子 4，油漆 3，面粉 2，钉子 1。',
    answer: [
      { from: [1], value: '4', text: '绳子' },
      { from: [2], value: '3', text: '油漆' },
      { from: [3], value: '2', text: '面粉' },
      { from: [4], value: '1', text: '钉子' },
    ],
    question: '按理事会账单中写到的次数，把这些词由多到少排列。',
  },
  'global-summary': { ...summary, question: '用不超过80字概括北灯塔日志。' },
  'query-focused-summary': { ...summary, question: '用不超过80字概括北灯塔日志关于油和船的内容。' },
  'constrained-summary': {
    ...summary,
    question: '用不超过80字概括北灯塔日志，先写油，后写船，不提人名。',
  },
  'comparative-summary': {
    facts: [reed, lind, south],
    reason: '两份日志都记了用油：北边逐任减少，南边头一年四百八十桶。',
    answer: [
      { from: [1, 2], text: '北灯塔的用油历年减少。' },
      { from: [3], text: '南灯塔头一年为四百八十桶。' },
      { from: [1, 3], text: '南灯塔头一年少于罗恒头一年。' },
    ],
    summary:
      '两边都记油账：南塔首年四百八十桶，不及罗恒在北塔首年的六百一十桶；但北塔此后逐任减少，末任每年仅需二百七十桶。',
    question: '用不超过80字概括两座灯塔用油的异同。',
  },
};
