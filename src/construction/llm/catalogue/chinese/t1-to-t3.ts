/** @file Worked examples in Chinese of the sub-tasks of T1, T2 and T3, over `example-text.ts`. */
import type { Written } from '../../draft.ts';

const began = [
  { quote: '罗恒于一八八四年五月接任', says: '罗恒一八八四年接任。' },
  { quote: '沈安于一八七一年三月任守塔人', says: '沈安一八七一年上任。' },
  { quote: '林可于一九〇二年六月接任', says: '林可一九〇二年接任。' },
];
const asked = { quote: '她每年冬天都请求理事会再添一条船，每次都被拒绝', says: '理事会一直不同意。' };
const sold = { quote: '罗恒同时把自己的船卖给了理事会', says: '罗恒把船卖给理事会。' };
const reed = { quote: '他头一年烧了六百一十桶油，第二年烧了五百四十桶', says: '罗恒先烧六百一十桶，后烧五百四十桶。' };
const lind = { quote: '灯每年烧二百七十桶油', says: '林可每年烧二百七十桶。' };
const south = { quote: '南灯塔头一年烧了四百八十桶油', says: '南灯塔头一年四百八十桶。' };

/** By the id of the sub-task. */
export const t1ToT3: Readonly<Record<string, Written>> = {
  'lookup-under-heading': {
    facts: [reed],
    reason: '写守塔人的部分里，只有罗恒有两年的数字，头一年为六百一十桶。',
    answer: [{ from: [1], text: '六百一十桶' }],
    question: '北灯塔第二位守塔人在上任当年用了多少油？',
  },
  'value-by-description': {
    facts: [{ quote: '第二条船于一八九九年八月运到', says: '第二条船一八九九年八月到。' }],
    reason: '每年冬天所求的正是第二条船，它于一八九九年八月运到。',
    answer: [{ from: [1], text: '一八九九年八月' }],
    question: '北灯塔首位守塔人年年落空的那个愿望，是什么时候实现的？',
  },
  'value-through-definition': {
    facts: [
      { quote: '本日志所称“短班”，是指三小时的值守', says: '短班为三小时。' },
      { quote: '守塔人彭屿只在星期日值短班', says: '彭屿星期日值短班。' },
    ],
    reason: '彭屿星期日值短班，另一份日志界定短班为三小时。',
    answer: [{ from: [1, 2], text: '三小时' }],
    question: '按另一座灯塔日志的用语，南灯塔守塔人星期日值守多久？',
  },
  'value-across-documents': {
    facts: [
      { quote: '彭屿于一八九〇年四月离任', says: '彭屿一八九〇年四月离开南灯塔。' },
      { quote: '罗恒于一八八四年五月接任', says: '罗恒自一八八四年五月起守北灯塔。' },
    ],
    reason: '一八九〇年四月守北灯塔的是罗恒，林可一九〇二年才来。',
    answer: [{ from: [2], text: '罗恒' }],
    question: '南灯塔守塔人离任时，守北灯塔的是谁？',
  },
  'evidence-integration': {
    facts: [
      asked,
      { quote: '第二条船于一八九九年八月运到，罗恒同时把自己的船卖给了理事会', says: '船到时罗恒卖了自己的船。' },
    ],
    reason: '理事会拒绝了沈安；第二条船运到时，罗恒把自己的船卖给了理事会。',
    answer: [{ from: [1, 2], text: '后来的守塔人让出了自己的船' }],
    question: '灯塔首位守塔人一直求而不得的东西，后来是怎么有的？',
    distractors: [
      { why: '不知有卖船一事。', text: '理事会在多年之后答应了她' },
      { why: '混入第三位守塔人。', text: '第三位守塔人上任时才购置' },
      { why: '混入另一座灯塔。', text: '南灯塔守塔人离任时留下的' },
    ],
  },
  'rule-induction': {
    facts: [{ quote: '罗恒于一八八四年五月接任', says: '一任接一任。' }, reed, lind],
    reason: '用油逐年、逐任减少。',
    answer: [{ from: [2, 3], text: '比林可在任时烧得更少' }],
    question: '若用油照历任守塔人的趋势变化，林可的后任会怎样？',
    distractors: [
      { why: '把数字看反了。', text: '比罗恒的头一年烧得更多' },
      { why: '取了罗恒第二年。', text: '同罗恒的第二年烧得一样' },
      { why: '取了另一座灯塔。', text: '同南灯塔头一年烧得一样' },
    ],
  },
  'dialogue-memory': {
    facts: [asked, sold],
    reason: '理事会起初拒绝，后来买下一条船。',
    answer: [{ from: [1, 2], text: '多年不同意，最后还是买下一条' }],
    question: '在再添一条船的事上，理事会前后的态度如何？',
    distractors: [
      { why: '只看前一处。', text: '从头一次请求起始终没有同意' },
      { why: '颠倒先后。', text: '起初同意，对后来的守塔人不同意' },
      { why: '文中没有。', text: '让两座灯塔的守塔人自己去决定' },
    ],
  },
  'entity-commitment-tracking': {
    facts: [
      { quote: '罗恒于一八八四年五月接任', says: '罗恒一八八四年起任职。' },
      { quote: '第二条船于一八九九年八月运到，罗恒同时把自己的船卖给了理事会', says: '一八九九年卖了船。' },
      { quote: '林可于一九〇二年六月接任', says: '林可一九〇二年接任。' },
    ],
    reason: '一九〇〇年罗恒仍在任，他的船已归理事会。',
    answer: [{ from: [1, 2, 3], text: '仍守灯塔，自己已经没有船' }],
    question: '到一九〇〇年，罗恒的处境如何？',
    distractors: [
      { why: '不知卖船。', text: '仍守灯塔，自己还有一条船' },
      { why: '不知林可何时接任。', text: '不再守塔，自己还有一条船' },
      { why: '两点都错。', text: '不再守塔，自己已经没有船' },
    ],
  },
  'comparison-across-documents': {
    facts: [reed, south],
    reason: '罗恒的两年都多于四百八十桶。',
    answer: [{ from: [1, 2], text: '北灯塔两年都比南灯塔烧得多' }],
    question: '罗恒的头两年与南灯塔的头一年相比，用油如何？',
    distractors: [
      { why: '看成了林可。', text: '北灯塔两年都比南灯塔烧得少' },
      { why: '误读第二年。', text: '北灯塔先是多些，次年反而少' },
      { why: '混淆两者。', text: '北灯塔第二年同南灯塔一样多' },
    ],
  },
  'exhaustive-by-condition': {
    facts: began,
    reason: '沈安（一八七一）与罗恒（一八八四）在一九〇〇年以前，林可（一九〇二）不是。',
    answer: [
      { from: [2], text: '沈安' },
      { from: [1], text: '罗恒' },
    ],
    question: '北灯塔有哪些守塔人在一九〇〇年以前上任？写姓名。',
  },
  'targeted-subset': {
    facts: began,
    reason: '三月与五月属春季，六月不是。',
    answer: [
      { from: [2], text: '沈安' },
      { from: [1], text: '罗恒' },
    ],
    question: '北灯塔哪些守塔人在春季（三月至五月）上任？写姓名。',
  },
  'multi-source-consistency': {
    facts: [
      { quote: '罗恒于一八八四年五月接任。他头一年烧了六百一十桶油', says: '罗恒头一年六百一十桶。' },
      { quote: '林可于一九〇二年六月接任。在她手里，灯每年烧二百七十桶油', says: '林可每年二百七十桶。' },
      { quote: '南灯塔头一年烧了四百八十桶油。守塔人彭屿', says: '彭屿四百八十桶。' },
    ],
    reason: '多于四百桶的是罗恒（六百一十）与彭屿（四百八十），林可为二百七十。',
    answer: [
      { from: [1], text: '罗恒' },
      { from: [3], text: '彭屿' },
    ],
    question: '据两份日志，凡写明头一年或每年用油的守塔人中，哪些人用油超过四百桶？写姓名。',
  },
};
