/** @file T8: items put into the order of time, of the text, or of a procedure. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T8' as const;
const contract = {
  en: 'After [Answer], write the letters in the right order, one on each line.',
  zh: '请在[答案]后按正确顺序写出字母，每行一个。',
};
const form = {
  en: 'The items are listed under letters below your question by the program in another order: do not write them into it. No item may contain its own date, number or place in the order.',
  zh: '各项由程序打乱后以字母列在问题之后，不要写进问题。项的文字不得包含其日期、序号或次序。',
};
const wish = wishWith(form);

/** Sub-tasks of ordering. */
export const t8: readonly SubTask[] = [
  {
    id: 'order-by-time',
    version: 1,
    task,
    title: { en: 'Ordering by time', zh: '按时间排序' },
    wish: wish(
      'Ask to order four to eight events by when they happened. `value` is the date as the document writes it; no two are equal.',
      '问按发生时间对四到八个事件排序。`value` 为原文中的日期，不得相同。',
    ),
    difficulty: {
      en: 'The document tells them in another order than they happened in.',
      zh: '文中叙述的次序与发生的次序不同。',
    },
    contract,
    needs: { kinds: ['event'], atLeast: 4 },
    documents: 1,
    facts: ['event', 'field', 'sentence'],
    checks: ['listed', 'by-date'],
    quota: 2,
    example: {
      facts: [
        { quote: 'Ada Brant became keeper in March 1871', says: 'March 1871.' },
        { quote: 'Jonas Reed followed her in May 1884', says: 'May 1884.' },
        { quote: 'The second boat came in August 1899', says: 'August 1899.' },
        { quote: 'Cora Lind took over in June 1902', says: 'June 1902.' },
      ],
      reason: 'The months and years give the order.',
      answer: [
        { from: [1], value: 'March 1871', text: 'Ada Brant begins' },
        { from: [2], value: 'May 1884', text: 'Jonas Reed begins' },
        { from: [3], value: 'August 1899', text: 'the second boat arrives' },
        { from: [4], value: 'June 1902', text: 'Cora Lind begins' },
      ],
      question: 'Put these events into the order in which they happened, earliest first.',
    },
  },
  {
    id: 'order-by-logic',
    version: 1,
    task,
    title: { en: 'Ordering by logic or procedure', zh: '按逻辑或步骤排序' },
    wish: wish(
      'Ask to order four to seven steps, causes or stages by what has to come before what, where the text says so in another order or by hints. `value` is the number of the step.',
      '问按先后依赖对四到七个步骤、原因或阶段排序，文中以别的次序或提示给出。`value` 为步骤序号。',
    ),
    difficulty: {
      en: 'The order is not that of the sentences; one step is told after a later one.',
      zh: '次序与句子的次序不同，某一步在后一步之后才说到。',
    },
    contract,
    needs: { kinds: ['sentence'], atLeast: 12 },
    documents: 1,
    facts: ['step', 'sentence', 'turn'],
    checks: ['listed'],
    quota: 2,
    example: {
      facts: [
        { quote: 'Trimming comes before filling', says: 'Trim, then fill.' },
        {
          quote: 'The glass is wiped when the lamp has been filled, and the shutter is raised last',
          says: 'Fill, wipe, raise.',
        },
      ],
      reason: 'Trim, fill, wipe, raise.',
      answer: [
        { from: [1], value: '1', text: 'trimming the wick' },
        { from: [1, 2], value: '2', text: 'filling the lamp' },
        { from: [2], value: '3', text: 'wiping the glass' },
        { from: [2], value: '4', text: 'raising the shutter' },
      ],
      question: 'In which order are these things to be done with the lamp?',
    },
  },
  {
    id: 'order-in-text',
    version: 1,
    task,
    title: { en: 'Part shuffle', zh: '段落复原' },
    wish: wish(
      'Ask to order five to eight points by where the document makes them. Say each point in other words than the document. `value` is the number of its place, 1 is the first.',
      '问按文中出现的先后对五到八个要点排序；要点用不同于原文的话表述。`value` 为其位次，1 为最先。',
    ),
    difficulty: {
      en: 'No point leads to the next; only who has read the text knows the order.',
      zh: '各要点之间没有承接关系，只有读过全文才知道次序。',
    },
    contract,
    documents: 1,
    facts: ['sentence', 'event', 'quotation', 'turn'],
    checks: ['listed', 'by-place', 'apart'],
    quota: 2,
    example: {
      facts: [
        { quote: 'She asked the board every winter', says: 'Requests to the board.' },
        { quote: 'and 540 in his second', says: 'A second year.' },
        { quote: 'a wick that is not trimmed smokes the glass', says: 'Smoke.' },
        { quote: '"short watch" means', says: 'A term is defined.' },
      ],
      reason: 'The places follow each other in the log.',
      answer: [
        { from: [1], value: '1', text: 'a request is made again and again' },
        { from: [2], value: '2', text: 'a use of oil in two years is compared' },
        { from: [3], value: '3', text: 'neglect dirties the lantern' },
        { from: [4], value: '4', text: 'a word is explained' },
      ],
      question: 'In which order does the log of the North Light come to these points?',
    },
  },
];
