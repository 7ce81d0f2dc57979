/** @file T6: labels for fragments. The program numbers the fragments and lists the labels, so that the prompt states the form. */
import { type SubTask, unforeseen, wishWith } from './sub-task.ts';

const task = 'T6' as const;
const contract = {
  en: 'After [Answer], write one line for each fragment: its number, a colon, and the label, as in “F1: label”.',
  zh: '请在[答案]后逐行写出，每个片段一行：编号、冒号、标签，如“F1: 标签”。',
};
const form = {
  en: `${unforeseen.en} Every label stands in the question, each by itself. Each entry of \`answer\` is a \`fragment\` as you will show it and its label as \`text\`. The fragments are numbered and the labels listed below your question by the program: do not write them into it. A fragment must not contain its label.`,
  zh: `${unforeseen.zh}标签逐个写在问题里。\`answer\` 的每一项为所展示的 \`fragment\` 及其标签 \`text\`。片段的编号与标签的列表由程序加在问题之后，不要写进问题。片段不得包含其标签。`,
};
const wish = wishWith(form);

/** Sub-tasks of matching. */
export const t6: readonly SubTask[] = [
  {
    id: 'fragments-to-owners',
    version: 2,
    task,
    title: { en: 'Fragment matching', zh: '片段匹配' },
    wish: wish(
      'Choose six to eight short passages in other words than the document uses, and ask to which of two to four owners of one kind each belongs: persons, places, years or parts of the document, as it spells or numbers them. Where owners are told apart by what they are, take parts of the document.',
      '选取六到八处内容，用不同于原文的话概述，问各属于两到四个同类归属中的哪一个：人物、地点、年份，或文档的部分（按原文写法或编号）。若从归属本身就能猜出，则改用文档的部分。',
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
        { quote: 'Ada Brant became keeper in March 1871', says: 'First paragraph.' },
        { quote: 'She asked the board every winter for a second boat', says: 'First paragraph too.' },
        { quote: 'He burned 610 barrels of oil in his first year', says: 'Second paragraph.' },
        { quote: 'Jonas Reed followed her in May 1884', says: 'Second paragraph too.' },
        { quote: 'Under her the lamp burned 270 barrels a year', says: 'Third paragraph.' },
        { quote: 'Cora Lind took over in June 1902', says: 'Third paragraph too.' },
      ],
      reason: 'Each paragraph on the keepers has one spring or summer month and one other detail.',
      answer: [
        { from: [4], fragment: 'a beginning in May', text: 'second' },
        { from: [2], fragment: 'something asked for year after year', text: 'first' },
        { from: [6], fragment: 'a beginning in June', text: 'third' },
        { from: [1], fragment: 'a beginning in March', text: 'first' },
        { from: [5], fragment: 'a use that is the same every year', text: 'third' },
        { from: [3], fragment: 'more than 600 of something', text: 'second' },
      ],
      question:
        'The chapter on the keepers has a "first", a "second" and a "third" paragraph. In which of them does each of these stand?',
    },
  },
  {
    id: 'document-clustering',
    version: 2,
    task,
    title: { en: 'Clustering', zh: '聚类' },
    wish: wish(
      'Define two to four classes in the question by a rule that the document allows to decide, and choose six to ten fragments that name a thing or passage of the document to be sorted into them. The labels are the names of the classes. The rule asks for what a thing does not show: when, where in the text, by whom, with what outcome.',
      '在问题中用可依文档判断的规则界定两到四个类别，选取六到十个指称文中事物或段落的片段归入各类。标签即类别名。规则所问须从事物本身看不出：何时、在文中何处、由谁、结果如何。',
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
    version: 2,
    task,
    title: { en: 'Claims to sources', zh: '论断归源' },
    wish: wish(
      'Write six to eight claims in your own words, each of which one document alone supports; the labels are the titles of the documents. A claim shows neither the time nor the style nor the subject of its document: say it so that one would look for it in the other.',
      '用自己的话写六到八条论断，每条只有一份文档支持；标签为文档标题。论断不得显出所属文档的年代、文风或主题，最好像是另一份文档会说的。',
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
        { quote: 'held a short watch on Sundays only', says: 'South: one short watch a week.' },
      ],
      reason: 'Only the northern log has 270 barrels and the boat, only the southern one a leaving and the Sundays.',
      answer: [
        { from: [1], fragment: 'a yearly use of fewer than 300 barrels', text: 'Log of the North Light' },
        { from: [2], fragment: 'a change that is dated to a spring month', text: 'Log of the South Light' },
        { from: [3], fragment: 'a boat that arrives in summer', text: 'Log of the North Light' },
        { from: [4], fragment: 'a day of the week', text: 'Log of the South Light' },
      ],
      question: 'Which document supports each statement, "Log of the North Light" or "Log of the South Light"?',
    },
  },
];
