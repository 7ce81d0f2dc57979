/** @file T7: items ranked by a quantity that the documents state. */
import { type SubTask, unforeseen, wishWith } from './sub-task.ts';

const task = 'T7' as const;
const contract = {
  en: 'After [Answer], write the letters, first rank first, one on each line.',
  zh: '请在[答案]后按名次由前到后写出字母，每行一个。',
};
const form = {
  en: `${unforeseen.en} \`value\` is what an item is ranked by: the number as the document states it, or arithmetic of stated numbers, as in \`610 - 540\`; no two are equal. Numbers of a case that you make up stand in its item. The items are listed under letters below your question by the program in another order: do not write them into it.`,
  zh: `${unforeseen.zh}\`value\` 为排序所依的数值：原文所写的数字，或由原文数字组成的算式，如 \`610 - 540\`；不得相同。自拟情形的数字须写在该项中。各项由程序打乱后以字母列在问题之后，不要写进问题。`,
};
const wish = wishWith(form);

/** Sub-tasks of ranking. */
export const t7: readonly SubTask[] = [
  {
    id: 'graded-ranking',
    version: 2,
    task,
    title: { en: 'Graded ranking', zh: '分级排序' },
    wish: wish(
      'Ask to rank five to eight items of one kind by one quantity, and say which end is first: members of a series by figures that nobody can estimate, or cases by a figure that follows from two or more stated ones (a sum, a difference, a share, a rate of the document applied to the numbers of the case) so that the obvious order is wrong.',
      '问按同一数量对五到八个同类的项排序，并说明何者在前：一组同类成员的、无从估计的数值，或由两个以上原文数字得出的数值（和、差、比，或把文中的标准用于各情形的数字），使显而易见的次序不对。',
    ),
    difficulty: {
      en: 'The figures stand apart and close to each other in size, or each must be worked out first.',
      zh: '各数值分散而大小接近，或须先逐一算出。',
    },
    contract,
    needs: { alike: 5 },
    documents: 1,
    facts: ['quantity', 'row', 'field'],
    checks: ['listed', 'by-value'],
    quota: 3,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: 'Reed: 610, 540.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind: 270 a year.' },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: '610 + 540 = 1150; 5 * 270 = 1350; 2 * 480 = 960; 4 * 270 = 1080; the longest time does not burn most.',
      answer: [
        { from: [2], value: '5 * 270', text: '5 years as under Cora Lind' },
        { from: [1], value: '610 + 540', text: 'the first two years of Jonas Reed' },
        { from: [2], value: '4 * 270', text: '4 years as under Cora Lind' },
        { from: [3], value: '2 * 480', text: '2 years like the first of the South Light' },
        { from: [1], value: '610', text: 'the first year of Jonas Reed alone' },
      ],
      question: 'Rank these by the barrels of oil that are burned in all, most first.',
    },
  },
  {
    id: 'ranking-across-documents',
    version: 2,
    task,
    title: { en: 'Key-snippet ranking across sources', zh: '跨源分级排序' },
    wish: wish(
      'Ask to rank five to eight items that stand in all the documents together by one quantity: alike things of each, or cases to which the rates of each document are applied.',
      '问把分布于各份文档的五到八个项按同一数量一起排序：各份文档中的同类事物，或把各份文档的标准用于若干情形。',
    ),
    difficulty: {
      en: 'Items of the documents lie between each other in the order, against what their names or sizes suggest.',
      zh: '各份文档的项在次序中彼此穿插，与名称或大小给人的印象相反。',
    },
    contract,
    needs: { alike: 3 },
    documents: 2,
    facts: ['quantity', 'row', 'field'],
    checks: ['listed', 'by-value', 'each-document'],
    quota: 2,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: 'Reed: 610, 540.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind: 270 a year.' },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: '610 - 540 = 70; 610 - 480 = 130; 480 - 270 = 210; 540 - 270 = 270; 610 - 270 = 340.',
      answer: [
        { from: [1], value: '610 - 540', text: 'the two years of Jonas Reed' },
        { from: [1, 3], value: '610 - 480', text: 'the first year of Reed and the first of the South Light' },
        { from: [2, 3], value: '480 - 270', text: 'the first year of the South Light and a year under Cora Lind' },
        { from: [1, 2], value: '540 - 270', text: 'the second year of Reed and a year under Cora Lind' },
        { from: [1, 2], value: '610 - 270', text: 'the first year of Reed and a year under Cora Lind' },
      ],
      question:
        'Each item names two years of the two lights. Rank them by how far apart the barrels burned in the two years lie, nearest first.',
    },
  },
];
