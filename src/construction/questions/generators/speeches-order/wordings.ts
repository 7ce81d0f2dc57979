/** @file How one asks for the order of lines. */
import { saysChat } from '../../views/talk/where.ts';
import { talkWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'In what order are these lines spoken in {where}?\n{options}'],
    [
      'researcher',
      'For a reconstruction of {where}, I need to know who had been told what by then. In what order are these things said?\n{options}',
    ],
    [
      'customer',
      'I noted these points while I followed {where}, but not when they came up. In what order are they made?\n{options}',
    ],
    ['lawyer', 'For the chronology of {where}, list these statements in the order in which they are made:\n{options}'],
    [
      'analyst',
      'To trace how the discussion moves in {where}, put these remarks in the order in which they are made, earliest first.\n{options}',
    ],
    [
      'student',
      'For my summary of {where} I have picked these lines. Which comes first, and how do the others follow?\n{options}',
    ],
    ['editor', 'These quotations are to be printed in the order in which they come in {where}. What is it?\n{options}'],
    ['colleague', 'Which of these was said first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}中是按什么先后顺序说出来的？\n{options}'],
    ['researcher', '我在还原{where}的经过，想弄清哪些话说在前、哪些说在后。请排出下面各句的先后：\n{options}'],
    ['customer', '我看{where}时记下了这几点，没有记先后。哪句在先，哪句在后？\n{options}'],
    ['lawyer', '为编写{where}的经过，请按说出的先后列出下列各句：\n{options}'],
    ['analyst', '想看{where}里的讨论是怎样推进的，请把这几句话按先后排序，最早的在前。\n{options}'],
    ['student', '我写{where}的摘要，选了这几句。哪句最早，其余依次如何？\n{options}'],
    ['editor', '这些引文要按在{where}里出现的先后刊出，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几句，哪句最先说，后面依次是哪几句？\n{options}'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'In what order were these things written in {where}?\n{options}'],
    ['researcher', 'I am reconstructing the course of {where}. In what order were these messages sent?\n{options}'],
    [
      'customer',
      'I copied these lines from {where} without their times. Which came first, and how do the others follow?\n{options}',
    ],
    ['lawyer', 'For the chronology of {where}, list these messages in the order in which they were sent:\n{options}'],
    ['analyst', 'To follow the course of {where}, put these messages in order, earliest first.\n{options}'],
    ['student', 'Put these messages from {where} in the order in which they were posted.\n{options}'],
    ['editor', 'We quote these messages from {where} and want them in the right order. What is it?\n{options}'],
    ['colleague', 'Which of these was posted first in {where}, and how do the others follow?\n{options}'],
  ],
  zh: [
    ['plain', '下面这些话在{where}里是按什么先后发出的？\n{options}'],
    ['researcher', '我在还原{where}里事情的经过，请排出下面各条消息的先后：\n{options}'],
    ['customer', '我从{where}里抄了这几句，没抄时间。哪句在先，其余依次如何？\n{options}'],
    ['lawyer', '为编写{where}的经过，请按发出的先后列出下列各条消息：\n{options}'],
    ['analyst', '想顺着{where}的进程往下看，请把这几条消息按先后排序，最早的在前。\n{options}'],
    ['student', '请把{where}里的这几条消息按发出的先后排列。\n{options}'],
    ['editor', '稿中引了{where}里的这几条消息，要按先后刊出，顺序应当如何？\n{options}'],
    ['colleague', '{where}里这几条，哪条最先发，后面依次是哪几条？\n{options}'],
  ],
});

export const asked = talkWordings(ofSpeeches, ofMessages, saysChat);
