/** @file T7: items ranked by a quantity that the documents state. */
import type { SubTask } from './sub-task.ts';

const task = 'T7' as const;
const contract = {
  en: 'After [Answer], write the letters, first rank first, one on each line.',
  zh: '请在[答案]后按名次由前到后写出字母，每行一个。',
};
const form = {
  en: '`value` is the number that an item is ranked by, as the document states it; no two are equal. The items are listed under letters below your question by the program in another order: do not write them into it.',
  zh: '`value` 为排序所依的数值，按原文写法，不得相同。各项由程序打乱后以字母列在问题之后，不要写进问题。',
};

/** Sub-tasks of ranking. */
export const t7: readonly SubTask[] = [
  {
    id: 'graded-ranking',
    version: 1,
    task,
    title: { en: 'Graded ranking', zh: '分级排序' },
    wish: {
      en: `Ask to rank four to eight items by a quantity that the document states of each, and say which end is first. ${form.en}`,
      zh: `问按文中所述的某一数量对四到八个项排序，并说明何者在前。${form.zh}`,
    },
    difficulty: {
      en: 'The figures stand apart and in different units or scales, close to each other in size.',
      zh: '各数值分散，单位或量级不同，且大小接近。',
    },
    contract,
    needs: { kinds: ['field', 'row', 'quantity'], atLeast: 6 },
    documents: 1,
    facts: ['field', 'row', 'quantity'],
    checks: ['listed', 'by-value'],
    quota: 3,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: 'Reed: 610, 540.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind: 270.' },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: '610 > 540 > 480 > 270.',
      answer: [
        { from: [1], value: '610', text: 'first year of Jonas Reed' },
        { from: [1], value: '540', text: 'second year of Jonas Reed' },
        { from: [3], value: '480', text: 'first year of the South Light' },
        { from: [2], value: '270', text: 'a year under Cora Lind' },
      ],
      question: 'Rank these years by the barrels of oil that were burned, most first.',
    },
  },
  {
    id: 'ranking-across-documents',
    version: 1,
    task,
    title: { en: 'Key-snippet ranking across sources', zh: '跨源分级排序' },
    wish: {
      en: `Ask to rank items that stand in all the documents together by one quantity. ${form.en}`,
      zh: `问把分布于各份文档的项按同一数量一起排序。${form.zh}`,
    },
    difficulty: {
      en: 'Items of the documents lie between each other in the order.',
      zh: '各份文档的项在次序中彼此穿插。',
    },
    contract,
    needs: { kinds: ['field', 'row', 'quantity'], atLeast: 4 },
    documents: 2,
    facts: ['field', 'row', 'quantity'],
    checks: ['listed', 'by-value', 'each-document'],
    quota: 2,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: 'Reed: 610, 540.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind: 270.' },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: '270 < 480 < 540 < 610.',
      answer: [
        { from: [2], value: '270', text: 'a year under Cora Lind' },
        { from: [3], value: '480', text: 'first year of the South Light' },
        { from: [1], value: '540', text: 'second year of Jonas Reed' },
        { from: [1], value: '610', text: 'first year of Jonas Reed' },
      ],
      question: 'Rank these years of both lights by the barrels of oil that were burned, fewest first.',
    },
  },
];
