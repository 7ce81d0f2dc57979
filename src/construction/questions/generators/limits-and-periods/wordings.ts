/** @file What is reckoned from the figures left out of quoted clauses, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** The gap in a quotation. */
export const gap = '[…]';

export const whats = {
  sum: phrase({ en: 'what all of them come to together, in {unit}', zh: '把它们全部相加，一共是多少{unit}' }),
  range: phrase({
    en: 'by how many {unit} the largest of them exceeds the smallest',
    zh: '其中最大的比最小的多多少{unit}',
  }),
};

export const asked = wordings({
  en: [
    [
      'plain',
      'One figure has been left out of each of these clauses from “{document}”. Look the figures up and say {what}.\n{items}',
    ],
    ['lawyer', 'Complete the following extracts from “{document}” and state {what}.\n{items}'],
    ['analyst', 'I need the figures that belong in the gaps below, all from “{document}”. Work out {what}.\n{items}'],
    ['researcher', 'Recover the missing figures in these passages of “{document}” and calculate {what}.\n{items}'],
    [
      'customer',
      'My copy of “{document}” is smudged exactly where the figures are. Can you find them and tell me {what}?\n{items}',
    ],
    ['student', 'Fill the gaps in these lines from “{document}”; your answer is {what}.\n{items}'],
    ['editor', 'The figures were dropped from this summary of “{document}”. Restore them and give {what}.\n{items}'],
    [
      'colleague',
      'Can you look up the numbers missing here (they are all in “{document}”) and tell me {what}?\n{items}',
    ],
  ],
  zh: [
    ['plain', '下面是“{document}”中的几处规定，每处略去了一个数。请查出这些数，算出：{what}？\n{items}'],
    ['lawyer', '请补全“{document}”的下列摘录，并写明：{what}？\n{items}'],
    ['analyst', '我需要“{document}”中以下空缺处的数值，请计算：{what}？\n{items}'],
    ['researcher', '请还原“{document}”这几段中缺失的数值，再求：{what}？\n{items}'],
    ['customer', '我手里的“{document}”在数字处模糊了，请帮我查出来并告诉我：{what}？\n{items}'],
    ['student', '请填补“{document}”这几句中的空缺，答案为：{what}？\n{items}'],
    ['editor', '“{document}”的这份摘要漏掉了数字，请补回并给出：{what}？\n{items}'],
    ['colleague', '这里缺的数都在“{document}”里，帮我查一下：{what}？\n{items}'],
  ],
});
