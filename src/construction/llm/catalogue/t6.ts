/** @file T6: labels for fragments. The program numbers the fragments and lists the labels, so that the prompt states the form. */
import { type SubTask, wishWith } from './sub-task.ts';

const task = 'T6' as const;
const contract = {
  en: 'After [Answer], write one line for each fragment: its number, a colon, and the label, as in “F1: label”.',
  zh: '请在[答案]后逐行写出，每个片段一行：编号、冒号、标签，如“F1: 标签”。',
};
const form = {
  en: 'Each entry of `answer` is a `fragment` as you will show it and its label as `text`. The fragments are numbered and the labels listed below your question by the program: do not write them into it. Use at least two labels; a fragment must not contain its label.',
  zh: '`answer` 的每一项为所展示的 `fragment` 及其标签 `text`。片段的编号与标签的列表由程序加在问题之后，不要写进问题。至少用两个标签；片段不得包含其标签。',
};
const wish = wishWith(form);

/** Sub-tasks of matching. */
export const t6: readonly SubTask[] = [
  {
    id: 'fragments-to-owners',
    version: 1,
    task,
    title: { en: 'Fragment matching', zh: '片段匹配' },
    wish: wish(
      'Choose three to eight short passages in other words than the document uses, and ask to which person, heading or place each belongs, as the document spells it.',
      '选取三到八处内容，用不同于原文的话概述，问各属于哪个人物、标题或地点（标签按原文写法）。',
    ),
    difficulty: {
      en: 'The passages are alike; only a detail tells them apart.',
      zh: '各段相似，只有细节可以区分。',
    },
    contract,
    documents: 1,
    facts: ['quotation', 'field', 'sentence', 'event', 'heading'],
    checks: ['labels'],
    quota: 2,
    example: {
      facts: [
        {
          quote:
            'Ada Brant became keeper in March 1871. She asked the board every winter for a second boat and was refused',
          says: 'Brant asked in vain.',
        },
        { quote: 'Jonas Reed followed her in May 1884. He burned 610 barrels', says: 'Reed burned 610.' },
        {
          quote: 'Cora Lind took over in June 1902. Under her the lamp burned 270 barrels a year',
          says: 'Lind burned 270.',
        },
      ],
      reason: 'Each passage tells of one keeper.',
      answer: [
        { from: [3], fragment: 'used the least oil in a year', text: 'Cora Lind' },
        { from: [1], fragment: 'begged the board in vain', text: 'Ada Brant' },
        { from: [2], fragment: 'used more than 600 barrels at first', text: 'Jonas Reed' },
      ],
      question: 'To which keeper of the North Light does each fragment belong?',
    },
  },
  {
    id: 'document-clustering',
    version: 1,
    task,
    title: { en: 'Clustering', zh: '聚类' },
    wish: wish(
      'Define two to four classes in the question by a rule that the document allows to decide, and choose four to ten fragments that name a thing or passage of the document to be sorted into them. The labels are the names of the classes.',
      '在问题中用可依文档判断的规则界定两到四个类别，选取四到十个指称文中事物或段落的片段归入各类。标签即类别名。',
    ),
    difficulty: {
      en: 'The class does not show in the fragment; it must be looked up.',
      zh: '从片段本身看不出类别，须到文中查证。',
    },
    contract,
    documents: 1,
    facts: ['field', 'event', 'quantity', 'sentence', 'row'],
    checks: ['labels'],
    quota: 2,
    example: {
      facts: [
        { quote: 'Ada Brant became keeper in March 1871', says: '1871.' },
        { quote: 'Jonas Reed followed her in May 1884', says: '1884.' },
        { quote: 'Cora Lind took over in June 1902', says: '1902.' },
        { quote: 'The second boat came in August 1899', says: '1899.' },
      ],
      reason: 'Early is before 1890: Brant and Reed. Late: Lind and the boat.',
      answer: [
        { from: [1], fragment: 'Ada Brant begins', text: 'Early' },
        { from: [4], fragment: 'the second boat arrives', text: 'Late' },
        { from: [3], fragment: 'Cora Lind begins', text: 'Late' },
        { from: [2], fragment: 'Jonas Reed begins', text: 'Early' },
      ],
      question: 'Sort the events into "Early" (before the year 1890) and "Late" (1890 or after).',
    },
  },
  {
    id: 'claims-to-documents',
    version: 1,
    task,
    title: { en: 'Claims to sources', zh: '论断归源' },
    wish: wish(
      'Write four to eight claims in your own words, each of which one document alone supports; the labels are the titles of the documents.',
      '用自己的话写四到八条论断，每条只有一份文档支持；标签为文档标题。',
    ),
    difficulty: {
      en: 'All documents speak of the same things; a detail decides.',
      zh: '各份文档都谈到同类事物，由细节决定归属。',
    },
    contract,
    documents: 2,
    facts: ['field', 'event', 'quantity', 'sentence'],
    checks: ['labels', 'each-document'],
    quota: 1,
    example: {
      facts: [
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'North: 270.' },
        { quote: 'Oom left in April 1890', says: 'South: the keeper left in 1890.' },
        { quote: 'The second boat came in August 1899', says: 'North: boat in 1899.' },
      ],
      reason: 'Only the northern log has 270 barrels and the boat, only the southern one a keeper who leaves.',
      answer: [
        { from: [1], fragment: 'a yearly use of fewer than 300 barrels', text: 'Log of the North Light' },
        { from: [2], fragment: 'a keeper whose leaving is dated', text: 'Log of the South Light' },
        { from: [3], fragment: 'a boat that arrives in summer', text: 'Log of the North Light' },
      ],
      question: 'Which document supports each statement?',
    },
  },
];
