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
    ['lawyer', 'Arrange the following statements in the sequence in which they are made in {where}:\n{options}'],
    ['analyst', 'Sort these remarks by when they are made in {where}, earliest first.\n{options}'],
    ['student', 'Put these lines from {where} in the right order, from the first to the last:\n{options}'],
    ['editor', 'These quotations have to follow the course of {where}. What is their order?\n{options}'],
    ['colleague', 'Which of these was said first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}中是按什么先后顺序说出来的？\n{options}'],
    ['researcher', '我从{where}中摘录的句子弄乱了，请恢复它们被说出的顺序：\n{options}'],
    ['customer', '我把{where}里的几句话写在卡片上，不小心弄散了。哪句在先，哪句在后？\n{options}'],
    ['lawyer', '请按在{where}中作出的先后，排列下列陈述：\n{options}'],
    ['analyst', '请把这些发言按在{where}中出现的时间排序，最早的在前。\n{options}'],
    ['student', '请把出自{where}的这几句话按从先到后的正确顺序排好：\n{options}'],
    ['editor', '这些引文要按{where}的进程排列，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几句，哪句最先说，后面依次是哪几句？\n{options}'],
  ],
});
