/** @file One comparison as an option, and how one asks which of several is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const says = phrase({
  en: 'The figure for “{field}” is higher in {first} than in {second}.',
  zh: '“{field}”一项，{first}的数字高于{second}。',
});

export const asked = wordings({
  en: [
    ['plain', 'Only one of these comparisons agrees with the documents. Which one?\n{options}'],
    [
      'researcher',
      'Check each statement against the figures in the documents and choose the one that holds:\n{options}',
    ],
    ['analyst', 'Three of the following comparisons are the wrong way round. Which is correct?\n{options}'],
    [
      'editor',
      'A draft makes four claims about the entries above; a single one survives fact-checking. Which?\n{options}',
    ],
    ['student', 'According to the figures given in the texts, which sentence is true?\n{options}'],
    [
      'customer',
      'I have been told four different things. Going by these documents, which of them is right?\n{options}',
    ],
    ['lawyer', 'Which one of the following assertions is borne out by the documents?\n{options}'],
    ['colleague', 'Can you see which of these is actually true, based on the numbers in the texts?\n{options}'],
  ],
  zh: [
    ['plain', '下列比较中只有一项与文档相符，是哪一项？\n{options}'],
    ['researcher', '请对照各文档中的数字逐项核对，选出成立的一项：\n{options}'],
    ['analyst', '以下四项比较有三项说反了，正确的是哪一项？\n{options}'],
    ['editor', '稿件对上述条目作了四个判断，经核实只有一个站得住，是哪个？\n{options}'],
    ['student', '根据文中给出的数字，哪句话是对的？\n{options}'],
    ['customer', '我听到四种不同的说法，按这些文档，哪种是对的？\n{options}'],
    ['lawyer', '下列主张中，哪一项得到文档支持？\n{options}'],
    ['colleague', '帮忙看看按文里的数字，这几条里到底哪条是真的？\n{options}'],
  ],
});
