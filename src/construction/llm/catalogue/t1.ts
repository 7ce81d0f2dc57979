/** @file T1: one exact value, found by a way that the question tells and the wording of the value does not. */
import type { SubTask } from './sub-task.ts';

const task = 'T1' as const;
const contract = {
  en: 'After [Answer], write the value as the document states it, on one line.',
  zh: '请在[答案]后按文档原文写出该值，一行。',
};
const difficulty = {
  en: 'Several like values stand near; only the way that the question describes leads to the right one.',
  zh: '附近有几个同类的值，只有按问题所述的路径才能找到正确的一个。',
};

/** Sub-tasks of precise retrieval. */
export const t1: readonly SubTask[] = [
  {
    id: 'lookup-under-heading',
    version: 1,
    task,
    title: { en: 'Retrieval by heading', zh: '按标题检索' },
    wish: {
      en: 'Ask for one exact value of at most eight words that stands under a certain heading or field. Describe the place by what it is about.',
      zh: '问一个确切的值（不超过二十字），它位于某个标题或字段之下；用内容描述其位置。',
    },
    difficulty,
    contract,
    criteria: ['retrieval by heading', 'retrieval of a clause'],
    needs: { kinds: ['field', 'row', 'heading'], atLeast: 4 },
    documents: 1,
    facts: ['field', 'row', 'quantity', 'sentence'],
    checks: [],
    quota: 2,
    example: {
      facts: [
        { quote: 'He burned 610 barrels of oil in his first year', says: 'Reed burned 610 barrels in his first year.' },
      ],
      reason: 'Under the keepers, Reed is the one with figures of two years; the first is 610 barrels.',
      answer: [{ from: [1], text: '610 barrels' }],
      question: 'How much oil did the second keeper of the North Light use in the year in which he began?',
    },
  },
  {
    id: 'value-by-description',
    version: 1,
    task,
    title: { en: 'Retrieval by wording', zh: '按描述检索' },
    wish: {
      en: 'Ask for one name, date, figure or phrase of at most eight words that stands once. Describe it by its circumstances, in other words than the document uses.',
      zh: '问一个只出现一次的人名、日期、数字或短语（不超过二十字）；用不同于原文的词语描述其情境。',
    },
    difficulty,
    contract,
    documents: 1,
    facts: ['event', 'quantity', 'sentence', 'field'],
    checks: [],
    quota: 2,
    example: {
      facts: [{ quote: 'The second boat came in August 1899', says: 'The second boat came in August 1899.' }],
      reason: 'The boat that was asked for every winter is the second one, and it came in August 1899.',
      answer: [{ from: [1], text: 'August 1899' }],
      question: 'When was the wish granted that the first keeper of the North Light had put forward in vain each year?',
    },
  },
  {
    id: 'value-through-definition',
    version: 1,
    task,
    title: { en: 'Retrieval through a definition or a reference', zh: '经由定义或引用检索' },
    wish: {
      en: 'Choose two places: one defines a term or refers to something, the other uses it. Ask for a value of one place that can only be found through the other. `facts` holds both places.',
      zh: '选取两处：一处给出定义或引用，另一处加以使用。所问的值须经其中一处才能在另一处找到。`facts` 须包含两处。',
    },
    difficulty: {
      en: 'The two places are far apart, and the question names neither by its own words.',
      zh: '两处相距较远，问题不直接使用其中任何一处的字句。',
    },
    contract,
    needs: { kinds: ['definition', 'reference'], atLeast: 1 },
    documents: 1,
    facts: ['definition', 'reference', 'field', 'sentence'],
    checks: ['apart'],
    quota: 2,
    example: {
      facts: [
        { quote: '"short watch" means a watch of three hours', says: 'A short watch lasts three hours.' },
        { quote: 'held a short watch on Sundays only', says: 'Oom held one on Sundays.' },
      ],
      reason: 'On Sundays Oom held a short watch, and the other log defines it as three hours.',
      answer: [{ from: [1, 2], text: 'three hours' }],
      question:
        'How long did the keeper of the South Light watch on Sundays, as the log of the other light uses the term?',
    },
  },
  {
    id: 'value-across-documents',
    version: 1,
    task,
    title: { en: 'Multi-hop retrieval across documents', zh: '跨文档多跳检索' },
    wish: {
      en: 'One document leads to a person, place or figure; another states the value that you ask for. Ask so that both are needed. `facts` holds a place of each.',
      zh: '一份文档引出某人、某地或某数，另一份给出所问的值；问题须同时用到两份。`facts` 须各取一处。',
    },
    difficulty,
    contract,
    documents: 2,
    facts: ['field', 'event', 'quantity', 'sentence'],
    checks: ['each-document'],
    quota: 1,
    example: {
      facts: [
        { quote: 'Oom left in April 1890', says: 'Oom left the South Light in April 1890.' },
        { quote: 'Jonas Reed followed her in May 1884', says: 'Reed was keeper of the North Light from May 1884.' },
      ],
      reason: 'In April 1890 Reed was keeper in the north: he came in 1884 and Lind only in 1902.',
      answer: [{ from: [2], text: 'Jonas Reed' }],
      question: 'Who kept the North Light when the keeper of the South Light left?',
    },
  },
];
