/** @file How one asks where quoted rules stand. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'The words below are all from “{document}”. Under which of its {nouns} does each of them stand?\n{items}',
    ],
    [
      'lawyer',
      'We have to cite these passages of “{document}” in full. State which of its {nouns} each of them is in:\n{items}',
    ],
    [
      'researcher',
      'These excerpts from “{document}” have lost their numbers. Assign each to one of the {nouns}:\n{items}',
    ],
    [
      'analyst',
      'Match each of these sentences from “{document}” to the one among its {nouns} that contains it.\n{items}',
    ],
    [
      'customer',
      'I copied these sentences out of “{document}” but did not note where they were. To which {nouns} do they belong?\n{items}',
    ],
    ['student', 'Which of the {nouns} of “{document}” does each of these sentences come from?\n{items}'],
    [
      'editor',
      'The notes for these quotations from “{document}” are missing. Which of the {nouns} is each one from?\n{items}',
    ],
    [
      'colleague',
      'Where in “{document}” do these sentences stand? I need the right one of the {nouns} for each.\n{items}',
    ],
  ],
  zh: [
    ['plain', '下面的话都出自《{document}》，它们分别在哪些{nouns}里？\n{items}'],
    ['lawyer', '援引时须写明出处。请指出《{document}》的下列内容各属于哪一个{nouns}：\n{items}'],
    ['researcher', '这些《{document}》的摘录失去了编号，请为每段找出所在的{nouns}：\n{items}'],
    ['analyst', '请为《{document}》的以下各句找到它们所在的{nouns}。\n{items}'],
    ['customer', '我从《{document}》里抄了这几句，忘了记是哪里的。它们各属哪个{nouns}？\n{items}'],
    ['student', '请把《{document}》的每段引文与它所在的{nouns}配对。\n{items}'],
    ['editor', '《{document}》的出处注释缺失，请补上：以下各句出自哪个{nouns}？\n{items}'],
    ['colleague', '这几句在《{document}》的什么地方？请给出各自的{nouns}。\n{items}'],
  ],
});
