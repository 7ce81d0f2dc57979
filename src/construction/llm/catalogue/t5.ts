/** @file T5: facts of a text as a table. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T5' as const;
const form = {
  en: 'Name the columns and the rows that are wanted in the question, so that another reader makes the same table. Cells as the document spells them; `columns` in the order of the question. No calculated cells.',
  zh: '在问题中写明所要的列与行，使另一位读者能做出同样的表。单元格按原文写法；`columns` 按问题中的次序。不要计算得出的单元格。',
};
const wish = wishWith(form);
const difficulty = {
  en: 'The cells of a row stand in different places; rows that nearly belong are left out.',
  zh: '同一行的单元格分散各处；差一点符合的行不列入。',
};

/** Sub-tasks of extraction into tables. */
export const t5: readonly SubTask[] = [
  {
    id: 'facts-to-table',
    version: 1,
    task,
    title: { en: 'Records to a table', zh: '记录成表' },
    wish: wish(
      'Ask for a table of three to eight things with two to four columns that the document states of each.',
      '问一个表：三到八个对象，每个两到四列，均为文中所述。',
    ),
    difficulty,
    needs: { kinds: ['field', 'row', 'event', 'turn'], atLeast: 5 },
    documents: 1,
    facts: ['field', 'row', 'event', 'quantity', 'sentence'],
    checks: [],
    quota: 2,
    example: {
      facts: [
        { quote: 'Ada Brant became keeper in March 1871', says: 'Brant, March 1871.' },
        { quote: 'Jonas Reed followed her in May 1884', says: 'Reed, May 1884.' },
        { quote: 'Cora Lind took over in June 1902', says: 'Lind, June 1902.' },
      ],
      reason: 'Each keeper is named with the month of the beginning.',
      columns: ['keeper', 'began'],
      answer: [
        { from: [1], cells: ['Ada Brant', 'March 1871'] },
        { from: [2], cells: ['Jonas Reed', 'May 1884'] },
        { from: [3], cells: ['Cora Lind', 'June 1902'] },
      ],
      question:
        'Give a table with the columns "keeper" (full name) and "began" (month and year) of all keepers of the North Light.',
    },
  },
  {
    id: 'events-to-table',
    version: 1,
    task,
    title: { en: 'Dated events to a table', zh: '事件成表' },
    wish: wish(
      'Ask for a table of dated events that meet a condition, with date and a second property of each.',
      '问一个表：满足某一条件的有日期的事件，列出日期与另一项性质。',
    ),
    difficulty,
    needs: { kinds: ['event'], atLeast: 3 },
    documents: 1,
    facts: ['event', 'field', 'sentence'],
    checks: [],
    quota: 1,
    example: {
      facts: [
        { quote: 'Jonas Reed followed her in May 1884', says: 'Reed came in May 1884.' },
        { quote: 'Cora Lind took over in June 1902', says: 'Lind came in June 1902.' },
      ],
      reason: 'After 1880 two keepers began.',
      columns: ['month', 'keeper'],
      answer: [
        { from: [1], cells: ['May 1884', 'Jonas Reed'] },
        { from: [2], cells: ['June 1902', 'Cora Lind'] },
      ],
      question:
        'Give a table with the columns "month" (month and year) and "keeper" (full name) of all beginnings of keepers of the North Light after 1880.',
    },
  },
  {
    id: 'joined-documents',
    version: 1,
    task,
    title: { en: 'Joined tables', zh: '多源连接成表' },
    wish: wish(
      'Ask for one table that joins what the documents state of the same properties, one row a document or a property.',
      '问一个表，把各份文档对相同性质的陈述连接起来，每份文档或每个性质一行。',
    ),
    difficulty,
    needs: { kinds: ['field', 'row', 'quantity'], atLeast: 2 },
    documents: 2,
    facts: ['field', 'row', 'quantity'],
    checks: ['each-document'],
    quota: 2,
    example: {
      facts: [
        {
          quote: 'Jonas Reed followed her in May 1884. He burned 610 barrels of oil in his first year',
          says: 'Reed: 610.',
        },
        { quote: 'The South Light burned 480 barrels in its first year. Its keeper, Piet Oom', says: 'Oom: 480.' },
      ],
      reason: 'Each log states the barrels of a first year and its keeper.',
      columns: ['keeper', 'barrels'],
      answer: [
        { from: [1], cells: ['Jonas Reed', '610'] },
        { from: [2], cells: ['Piet Oom', '480'] },
      ],
      question:
        'Give a table with the columns "keeper" (full name) and "barrels" (number alone) of the keepers for whom a first year’s use is stated, over both logs.',
    },
  },
];
