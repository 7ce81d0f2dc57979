/** @file A value without its source, and how one asks where values come from. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const claims = phrase({ en: '{field}: {value}', zh: '{field}：{value}' });

export const asked = wordings({
  en: [
    ['plain', 'Which {nouns} does each of these facts belong to?\n{items}'],
    ['researcher', 'My notes lost their headings. Find the {nouns} for each of these facts:\n{items}'],
    ['editor', 'The names were left out of this draft. Which {nouns} is each of the following facts about?\n{items}'],
    ['lawyer', 'For each of the following particulars, name the {nouns} of which it is stated:\n{items}'],
    ['analyst', 'These data points came without their source. Assign each to its {nouns}.\n{items}'],
    ['student', 'Match each fact with the {nouns} it is given for:\n{items}'],
    [
      'customer',
      'I noted these facts down without the names. Can you tell me which {nouns} each one is about?\n{items}',
    ],
    ['colleague', 'I have a few facts without names here. Which {nouns} goes with each?\n{items}'],
  ],
  zh: [
    ['plain', '下列各项分别属于哪个{nouns}？\n{items}'],
    ['researcher', '笔记的标题遗失了，请为以下各项找到所属的{nouns}：\n{items}'],
    ['editor', '稿件里漏了名称，请补上：以下各项分别说的是哪个{nouns}？\n{items}'],
    ['lawyer', '请就下列每一项，写明所指的{nouns}：\n{items}'],
    ['analyst', '这些数据点没有注明来源，请归到各自的{nouns}。\n{items}'],
    ['student', '请把每一项与它所属的{nouns}对应起来：\n{items}'],
    ['customer', '这些是我随手记的，忘了写名称，能告诉我各自是哪个{nouns}吗？\n{items}'],
    ['colleague', '这几条缺名称，分别对应哪个{nouns}？\n{items}'],
  ],
});
