/** @file T3: every item that meets a condition. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T3' as const;
const contract = {
  en: 'After [Answer], write every such item as the document names it, one on each line.',
  zh: '请在[答案]后写出所有符合条件的项，按文档中的写法，每行一个。',
};
const form = {
  en: 'The question names none of the items, and nobody can list them without the documents: no class whose members everybody knows or would name first.',
  zh: '问题不得写出任何一项，且不看文档无法列举：不要选人人知道其成员、或首先会想到的类别。',
};
const wish = wishWith(form);
const example = {
  facts: [
    { quote: 'Jonas Reed followed her in May 1884', says: 'Reed came in 1884.' },
    { quote: 'Ada Brant became keeper in March 1871', says: 'Brant came in 1871.' },
    { quote: 'Cora Lind took over in June 1902', says: 'Lind came in 1902.' },
  ],
  reason: 'Brant (1871) and Reed (1884) came before 1900, Lind (1902) did not.',
  answer: [
    { from: [2], text: 'Ada Brant' },
    { from: [1], text: 'Jonas Reed' },
  ],
  question: 'Which keepers of the North Light took up their post before the year 1900?',
};

/** Sub-tasks of exhaustive retrieval. */
export const t3: readonly SubTask[] = [
  {
    id: 'exhaustive-by-condition',
    version: 2,
    task,
    title: { en: 'Exhaustive retrieval by a condition', zh: '按条件穷尽检索' },
    wish: wish(
      'Ask for all items of one kind that meet a condition, three to twelve of them, from all over the document. Say in the question what kind of item and how it is named, so that no other list can be right.',
      '问符合某一条件的全部同类项（三到十二个），分布于全文。问题须说明项的种类及名称写法，使答案唯一。',
    ),
    difficulty: {
      en: 'Items that nearly meet the condition stand among the others; the condition is a comparison or joins two properties.',
      zh: '其中混有差一点就符合条件的项；条件为比较，或由两个性质合成。',
    },
    contract,
    documents: 1,
    facts: ['field', 'row', 'event', 'quantity', 'sentence'],
    checks: ['apart'],
    quota: 3,
    example,
  },
  {
    id: 'targeted-subset',
    version: 2,
    task,
    title: { en: 'Targeted subset cluster identification', zh: '目标子类识别' },
    wish: wish(
      'Ask for all members of a class that the document does not name as such but that a careful reader can tell (who opposes, what is prohibited, which are abroad). Define the class in the question.',
      '问某一类的全部成员；文档未直接给出该类，但细心的读者可以判断（谁反对、什么被禁止、哪些在国外）。在问题中界定该类。',
    ),
    difficulty: {
      en: 'Members are told by what is said of them, in different words.',
      zh: '成员须依文中对它们的不同说法来判断。',
    },
    contract,
    documents: 1,
    facts: ['sentence', 'event', 'quotation', 'field', 'turn'],
    checks: ['apart'],
    quota: 2,
    example: {
      ...example,
      facts: [
        { quote: 'Ada Brant became keeper in March 1871', says: 'Brant came in March.' },
        { quote: 'Jonas Reed followed her in May 1884', says: 'Reed came in May.' },
        { quote: 'Cora Lind took over in June 1902', says: 'Lind came in June.' },
      ],
      reason: 'March and May lie in spring from March to May; June does not.',
      answer: [
        { from: [1], text: 'Ada Brant' },
        { from: [2], text: 'Jonas Reed' },
      ],
      question: 'Which keepers of the North Light began in spring, taken as March to May?',
    },
  },
  {
    id: 'multi-source-consistency',
    version: 2,
    task,
    title: { en: 'Multi-source consistency verification', zh: '多源一致性核查' },
    wish: wish(
      'Ask in which points, of a kind that both documents state, they agree or differ in a stated way. Name in the question how a point is to be written.',
      '两份文档都陈述了某类要点，问其中哪些要点按给定方式一致或不同；在问题中说明要点的写法。',
    ),
    difficulty: {
      en: 'The points stand in different order and other units.',
      zh: '两份文档中要点的次序与单位各不相同。',
    },
    contract,
    needs: { kinds: ['field', 'row', 'quantity', 'definition'], atLeast: 3 },
    documents: 2,
    facts: ['field', 'row', 'quantity', 'event'],
    checks: ['each-document'],
    quota: 2,
    example: {
      facts: [
        {
          quote: 'Jonas Reed followed her in May 1884. He burned 610 barrels of oil in his first year',
          says: 'Reed burned 610 in his first year.',
        },
        {
          quote: 'Cora Lind took over in June 1902. Under her the lamp burned 270 barrels a year',
          says: 'Lind burned 270.',
        },
        { quote: 'The South Light burned 480 barrels in its first year. Its keeper, Piet Oom', says: 'Oom: 480.' },
      ],
      reason: 'More than 400 barrels: Reed (610) and Oom (480); Lind burned 270.',
      answer: [
        { from: [1], text: 'Jonas Reed' },
        { from: [3], text: 'Piet Oom' },
      ],
      question:
        'Going by both logs, which keepers for whom a first year or yearly use is stated burned more than 400 barrels in it?',
    },
  },
];
