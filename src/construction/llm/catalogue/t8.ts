/** @file T8: items put into the order of time, of the text, or of a procedure. */
import { type SubTask, unforeseen, wishWith } from './sub-task.ts';

const task = 'T8' as const;
const contract = {
  en: 'After [Answer], write the letters in the right order, one on each line.',
  zh: '请在[答案]后按正确顺序写出字母，每行一个。',
};
const form = {
  en: `${unforeseen.en} The items are listed under letters below your question by the program in another order: do not write them into it. No item may contain its own date, number or place in the order.`,
  zh: `${unforeseen.zh}各项由程序打乱后以字母列在问题之后，不要写进问题。项的文字不得包含其日期、序号或次序。`,
};
const wish = wishWith(form);

/** Sub-tasks of ordering. */
export const t8: readonly SubTask[] = [
  {
    id: 'order-by-time',
    version: 2,
    task,
    title: { en: 'Ordering by time', zh: '按时间排序' },
    wish: wish(
      'Ask to order five to eight events by when they happened, or records by the date that the document gives them. `value` is the date as the document writes it; no two are equal. Take what could have come in any order: counts, reports, works, appointments of one kind; no cause beside its effect, no beginning beside its end, nothing that history books date.',
      '问按发生时间对五到八个事件排序，或按文中所注日期对记录排序。`value` 为原文中的日期，不得相同。选取次序本可任意的内容：同类的统计、报告、工程、任命；不要因果相随、有始有终或史书上有年代的事。',
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
        { quote: 'Oom left in April 1890', says: 'April 1890.' },
        { quote: 'The second boat came in August 1899', says: 'August 1899.' },
        { quote: 'Cora Lind took over in June 1902', says: 'June 1902.' },
      ],
      reason: 'The months and years give the order; names and boat do not.',
      answer: [
        { from: [1], value: 'March 1871', text: 'Ada Brant begins' },
        { from: [2], value: 'May 1884', text: 'Jonas Reed begins' },
        { from: [3], value: 'April 1890', text: 'Piet Oom leaves' },
        { from: [4], value: 'August 1899', text: 'a boat arrives' },
        { from: [5], value: 'June 1902', text: 'Cora Lind begins' },
      ],
      question: 'Put these events at the two lights into the order in which they happened, earliest first.',
    },
  },
  {
    id: 'order-by-logic',
    version: 2,
    task,
    title: { en: 'Ordering by logic or procedure', zh: '按逻辑或步骤排序' },
    wish: wish(
      'Ask to order five to seven steps, limits or stages by what the document puts before what, in another order than that of its sentences: steps that could as well be done the other way round, the order that an agreement has changed, the moments at which limits end when the stated periods are applied to cases that the items describe. `value` is the number of the step.',
      '问对五到七个步骤、期限或阶段排序，其先后由文中规定，且与语句次序不同：本可颠倒的步骤、经商议改动的次序，或把规定的期限用于各项所述情形后届满的先后。`value` 为步骤序号。',
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
    quota: 1,
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
    version: 2,
    task,
    title: { en: 'Part shuffle', zh: '段落复原' },
    wish: wish(
      'Ask to order six to eight points by where the document makes them. Say each point in other words than the document; take side remarks and single things, not the stages of its course. `value` is the number of its place, 1 is the first.',
      '问按文中出现的先后对六到八个要点排序；要点用不同于原文的话表述，取旁及的话与零散的事物，不取叙述的各阶段。`value` 为其位次，1 为最先。',
    ),
    difficulty: {
      en: 'No point leads to the next; only who has read the text knows the order.',
      zh: '各要点之间没有承接关系，只有读过全文才知道次序。',
    },
    contract,
    documents: 1,
    facts: ['sentence', 'event', 'quotation', 'turn'],
    checks: ['listed', 'by-place', 'apart'],
    quota: 1,
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
  {
    id: 'order-by-frequency',
    version: 1,
    task,
    title: { en: 'Ordering by frequency', zh: '按频次排序' },
    wish: wish(
      'Ask to order five to seven words or names by how often the document writes them, most often first, each counted as it is written, as a whole word, titles of documents left out. `text` is the word, `value` the number of times in digits; no two are equal. Take side matters: not what the document is about, not words that every text has. One fact for each, a place where it stands.',
      '问按文中出现的次数对五到七个词或名称排序，由多到少，按原样计数，文档标题不计。`text` 为该词，`value` 为次数（阿拉伯数字），不得相同。取次要的内容，不取文档的主题词或任何文章都有的词。每项给出一处事实，即其所在之处。',
    ),
    difficulty: {
      en: 'The numbers lie close to each other, and the places are spread over the whole document.',
      zh: '次数相近，出现之处散布全文。',
    },
    contract,
    needs: { kinds: ['sentence'], atLeast: 12 },
    documents: 1,
    facts: ['sentence', 'quotation', 'turn', 'field'],
    checks: ['listed', 'by-count'],
    quota: 1,
    example: {
      facts: [
        { quote: 'Rope came twice in spring', says: 'Rope, also of autumn, gone, and none left: 4.' },
        { quote: 'more paint was asked for', says: 'Paint, before and after it too: 3.' },
        { quote: 'Flour was dear', says: 'Flour, and once more with the paint: 2.' },
        { quote: 'nails are short', says: 'Nails: 1.' },
      ],
      reason: 'Counted from the first line to the last: rope 4, paint 3, flour 2, nails 1.',
      answer: [
        { from: [1], value: '4', text: 'rope' },
        { from: [2], value: '3', text: 'paint' },
        { from: [3], value: '2', text: 'flour' },
        { from: [4], value: '1', text: 'nails' },
      ],
      question:
        'Order these words by how often the bill of the board writes them, most often first, each counted as a whole word whatever its case.',
    },
  },
];
