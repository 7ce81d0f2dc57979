/** @file How one asks for the order of lines. */
import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'In what order are these lines spoken in {where}?\n{options}'],
    ['researcher', 'I am working through {where}. In what order are the following lines said?\n{options}'],
    [
      'customer',
      'I copied these lines from {where} and lost their order. Which comes first, which next, and so on to the last?\n{options}',
    ],
    ['lawyer', 'List the following lines in the order in which they are spoken in {where}:\n{options}'],
    ['analyst', 'Put these lines from {where} in the order in which they come, earliest first.\n{options}'],
    ['student', 'Here are some lines from {where}. Which comes first, and how do the others follow?\n{options}'],
    ['editor', 'These quotations are to be printed in the order in which they come in {where}. What is it?\n{options}'],
    ['colleague', 'Which of these was said first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}中是按什么先后顺序说出来的？\n{options}'],
    ['researcher', '我在细读{where}，请排出下面各句说出的先后：\n{options}'],
    ['customer', '我从{where}里抄了这几句，次序弄乱了。哪句在先，其余依次是哪几句？\n{options}'],
    ['lawyer', '请按在{where}中说出的先后列出下列各句：\n{options}'],
    ['analyst', '请把{where}里的这几句话按先后排序，最早的在前。\n{options}'],
    ['student', '这几句都出自{where}，哪句最早，其余依次如何？\n{options}'],
    ['editor', '这些引文要按在{where}里出现的先后刊出，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几句，哪句最先说，后面依次是哪几句？\n{options}'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'In what order were these things written in {where}?\n{options}'],
    ['researcher', 'I am reading through {where}. In what order were these messages sent?\n{options}'],
    [
      'customer',
      'I copied these lines from {where} without their times. Which came first, and how do the others follow?\n{options}',
    ],
    ['lawyer', 'List these messages from {where} in the order in which they were sent:\n{options}'],
    ['analyst', 'Sort these messages from {where} by when they were sent, earliest first.\n{options}'],
    ['student', 'Put these messages from {where} in the order in which they were posted.\n{options}'],
    ['editor', 'We quote these messages from {where} and want them in the right order. What is it?\n{options}'],
    ['colleague', 'Which of these was posted first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}里是按什么先后发出的？\n{options}'],
    ['researcher', '我在翻看{where}，请排出下面各条消息的先后：\n{options}'],
    ['customer', '我从{where}里抄了这几句，没抄时间。哪句在先，其余依次如何？\n{options}'],
    ['lawyer', '请按在{where}里发出的先后列出下列各条消息：\n{options}'],
    ['analyst', '请给{where}里的这几条消息排个先后，最早的在前。\n{options}'],
    ['student', '请把{where}里的这几条消息按发出的先后排列。\n{options}'],
    ['editor', '稿中引了{where}里的这几条消息，要按先后刊出，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几条，哪条最先发，后面依次是哪几条？\n{options}'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
