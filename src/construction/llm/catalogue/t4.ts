/** @file T4: a number that is calculated, by a formula that the draft states and a program executes. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T4' as const;
const form = {
  en: 'List every figure under `figures` with a name and the facts that state it, as the document writes it (a count: the number of the facts in `from`); give `formula` over these names with + - * / and parentheses; `decimals` is what the question rounds to, -1 for an exact key. State unit, scale and rounding in the question. The key is the number alone.',
  zh: '在 `figures` 中逐一列出所用数字：名称、出处、按原文的写法（计数则写 `from` 中事实的个数）；`formula` 用这些名称及 + - * / 与括号写出；`decimals` 为问题要求的小数位数，精确值写 -1。问题中须说明单位、量级与取舍方式。答案只写数字。',
};
const wish = wishWith(form);
const difficulty = {
  en: 'The figures stand apart, beside others of the same kind that do not belong.',
  zh: '所用数字分散各处，旁边有不该采用的同类数字。',
};

/** Sub-tasks of calculation. */
export const t4: readonly SubTask[] = [
  {
    id: 'targeted-aggregation',
    version: 1,
    task,
    title: { en: 'Targeted aggregation', zh: '目标聚合' },
    wish: wish(
      'Ask for a sum, mean, difference or count over figures that meet a condition.',
      '问满足某一条件的若干数字之和、平均、差或个数。',
    ),
    difficulty,
    needs: { kinds: ['row', 'quantity', 'field'], atLeast: 4 },
    documents: 1,
    facts: ['row', 'quantity', 'field', 'event'],
    checks: [],
    quota: 3,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: 'Reed: 610 and 540.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Lind: 270 a year.' },
      ],
      reason: 'The two years of Reed add to 1150; one year of Lind makes 1420.',
      figures: [
        { name: 'a', from: [1], value: '610' },
        { name: 'b', from: [1], value: '540' },
        { name: 'c', from: [2], value: '270' },
      ],
      formula: 'a + b + c',
      decimals: -1,
      answer: [{ from: [1, 2], text: '1420' }],
      question:
        'How many barrels did the North Light burn in the first two years of Reed and one year of Lind together?',
    },
  },
  {
    id: 'growth-and-share',
    version: 1,
    task,
    title: { en: 'Growth, share and ratio', zh: '增长、占比与比值' },
    wish: wish(
      'Ask for a growth, a share or a ratio, rounded as the question says.',
      '问一个增长率、占比或比值，按问题所说取舍。',
    ),
    difficulty,
    needs: { kinds: ['row', 'quantity', 'field'], atLeast: 4 },
    documents: 1,
    facts: ['row', 'quantity', 'field'],
    checks: [],
    quota: 2,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year, and 540 in his second', says: '610, then 540.' },
      ],
      reason: 'The fall of 70 is 11.5 percent of 610.',
      figures: [
        { name: 'first', from: [1], value: '610' },
        { name: 'second', from: [1], value: '540' },
      ],
      formula: '(first - second) / first * 100',
      decimals: 1,
      answer: [{ from: [1], text: '11.5' }],
      question:
        'By how many percent did the consumption of oil fall from the first to the second year of Reed? Round to one decimal.',
    },
  },
  {
    id: 'date-arithmetic',
    version: 1,
    task,
    title: { en: 'Date arithmetic', zh: '日期计算' },
    wish: wish(
      'Ask for years or months between events that the document dates, saying how they are counted.',
      '问文中有日期的事件之间相隔的年数或月数，并说明计法。',
    ),
    difficulty,
    needs: { kinds: ['event'], atLeast: 2 },
    documents: 1,
    facts: ['event', 'field', 'sentence'],
    checks: ['apart'],
    quota: 1,
    example: {
      facts: [
        { quote: 'Ada Brant became keeper in March 1871', says: 'Brant came in 1871.' },
        { quote: 'The second boat came in August 1899', says: 'The boat came in 1899.' },
      ],
      reason: '1899 less 1871 is 28.',
      figures: [
        { name: 'came', from: [1], value: '1871' },
        { name: 'boat', from: [2], value: '1899' },
      ],
      formula: 'boat - came',
      decimals: -1,
      answer: [{ from: [1, 2], text: '28' }],
      question:
        'How many years, by the difference of the calendar years, lie between the first keeper’s arrival and that of the second boat?',
    },
  },
  {
    id: 'procedural-state',
    version: 1,
    task,
    title: { en: 'Procedural state tracking', zh: '过程状态追踪' },
    wish: wish(
      'Ask for a quantity or a number of things after all changes that the document reports up to a point.',
      '问到某一时点为止，经过文中所述全部变化后某个数量是多少。',
    ),
    difficulty,
    needs: { kinds: ['turn', 'step', 'event', 'quantity'], atLeast: 4 },
    documents: 1,
    facts: ['step', 'event', 'sentence', 'quantity'],
    checks: [],
    quota: 1,
    example: {
      facts: [
        { quote: 'Ada Brant became keeper', says: 'First keeper.' },
        { quote: 'Jonas Reed followed her', says: 'Second keeper.' },
      ],
      reason: 'Before 1900 Brant and Reed had served; Lind came in 1902.',
      figures: [{ name: 'keepers', from: [1, 2], value: '2' }],
      formula: 'keepers',
      decimals: -1,
      answer: [{ from: [1, 2], text: '2' }],
      question: 'How many people had served as keeper of the North Light by the end of the year 1900?',
    },
  },
  {
    id: 'figures-across-documents',
    version: 1,
    task,
    title: { en: 'Quantities across documents', zh: '跨文档数量计算' },
    wish: wish(
      'Ask for one number calculated from figures of every document. Mind scales: millions and thousands are brought to one unit in the formula.',
      '问一个由各份文档中的数字共同算出的数。注意量级：万、亿等须在公式中化为同一单位。',
    ),
    difficulty,
    needs: { kinds: ['row', 'quantity', 'field'], atLeast: 2 },
    documents: 2,
    facts: ['field', 'row', 'quantity'],
    checks: ['each-document'],
    quota: 2,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year', says: 'Reed: 610.' },
        { quote: 'The South Light burned 480 barrels in its first year', says: 'South: 480.' },
      ],
      reason: '610 less 480 is 130.',
      figures: [
        { name: 'north', from: [1], value: '610' },
        { name: 'south', from: [2], value: '480' },
      ],
      formula: 'north - south',
      decimals: -1,
      answer: [{ from: [1, 2], text: '130' }],
      question: 'How many barrels more did Reed burn in his first year than the South Light in its first?',
    },
  },
];
