/** @file How one asks where passages stand. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Under which heading of “{work}” does each of these sentences stand? Give the nearest heading above it.\n{items}',
    ],
    [
      'researcher',
      'I noted these sentences from “{work}” without their place. Please supply for each the heading of the section it belongs to.\n{items}',
    ],
    [
      'customer',
      'Where in “{work}” can I find the following? For each one, name the heading directly above it.\n{items}',
    ],
    [
      'lawyer',
      'Each of these sentences is from “{work}”. State the heading under which it appears, the innermost one if there are several.\n{items}',
    ],
    [
      'analyst',
      'Which section of “{work}” does each of these sentences come from? Use the heading that most closely precedes it.\n{items}',
    ],
    [
      'student',
      'These quotations all come from “{work}”. Which section is each of them from? Use the nearest heading before it.\n{items}',
    ],
    [
      'editor',
      'The references for these quotations from “{work}” are missing. Add to each the heading that stands closest above it.\n{items}',
    ],
    [
      'colleague',
      'Could you tell me which heading of “{work}” each of these lines falls under? The closest one above counts.\n{items}',
    ],
  ],
  zh: [
    ['plain', '下列各句分别出自《{work}》的哪个标题之下？以其上最近的标题为准。\n{items}'],
    ['researcher', '我从《{work}》摘了这些句子，却没记出处，请逐一写出所在部分的标题（取最近的上级标题）。\n{items}'],
    ['customer', '这几句话在《{work}》的什么地方？请写出各句上方最近的标题。\n{items}'],
    ['lawyer', '请写明下列各句在《{work}》中所属的标题；标题有多层的，写最内一层。\n{items}'],
    ['analyst', '请把下列摘自《{work}》的文字归到相应部分，以其前最近的标题为准。\n{items}'],
    ['student', '下面的句子都选自《{work}》，它们各属于哪一部分？写出前面最近的那个标题。\n{items}'],
    ['editor', '以下引文出自《{work}》，但缺少出处，请补上各自上方最近的标题。\n{items}'],
    ['colleague', '帮忙看看这几句各在《{work}》的哪个标题下面，以上方最近的标题为准。\n{items}'],
  ],
});
