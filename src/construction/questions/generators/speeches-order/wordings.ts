/** @file How one asks for the order of lines. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In what order are these lines spoken in {where}?\n{options}'],
    [
      'researcher',
      'My excerpts from {where} have been mixed up. Put them back into the order in which they are said:\n{options}',
    ],
    [
      'customer',
      'I have a few lines from {where} on cards and dropped them. Which comes first, which next, and so on?\n{options}',
    ],
    ['lawyer', 'Arrange these sentences in the order in which they are said in {where}:\n{options}'],
    ['analyst', 'Sort these remarks from {where} by when they are made, earliest first.\n{options}'],
    ['student', 'Put these lines from {where} in the right order, from the first to the last:\n{options}'],
    ['editor', 'These quotations are to be printed in the order in which they come in {where}. What is it?\n{options}'],
    ['colleague', 'Which of these was said first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}中是按什么先后顺序说出来的？\n{options}'],
    ['researcher', '我从{where}中摘录的句子弄乱了，请恢复它们被说出的顺序：\n{options}'],
    ['customer', '我把{where}里的几句话写在卡片上，不小心弄散了。哪句在先，哪句在后？\n{options}'],
    ['lawyer', '请按说出的先后，排列{where}中的下列各句：\n{options}'],
    ['analyst', '请把{where}里的这几句话按先后排序，最早的在前。\n{options}'],
    ['student', '请把出自{where}的这几句话按从先到后的正确顺序排好：\n{options}'],
    ['editor', '这些引文要按在{where}里出现的先后刊出，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几句，哪句最先说，后面依次是哪几句？\n{options}'],
  ],
});
