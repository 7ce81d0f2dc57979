/** @file How one asks who brings up a name first. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'Who is the first to mention {name} in {where}?\n{options}'],
    [
      'researcher',
      'Several people speak of {name} in {where}. Which of these is the first to use the name?\n{options}',
    ],
    ['customer', 'Which of these people mentions {name} before anyone else does in {where}?\n{options}'],
    ['lawyer', 'Which of these persons is the first to mention {name} in {where}?\n{options}'],
    ['analyst', 'Trace the mentions of {name} in {where}. With which of these speakers do they begin?\n{options}'],
    ['student', 'In {where}, which of the following says the name {name} before all others?\n{options}'],
    ['editor', 'For our report on {where}: which of these people mentions {name} first?\n{options}'],
    ['colleague', 'Who was it that mentioned {name} first in {where}?\n{options}'],
  ],
  zh: [
    ['plain', '在{where}中，最先提到“{name}”的是谁？\n{options}'],
    ['researcher', '{where}里有好几个人说到“{name}”，下列哪一位最先说到？\n{options}'],
    ['customer', '我想知道{where}里是谁先于别人提起“{name}”的。\n{options}'],
    ['lawyer', '请指出在{where}中首先说到“{name}”的是下列何人。\n{options}'],
    ['analyst', '请梳理{where}中提到“{name}”的各处：最早是由哪一位说出的？\n{options}'],
    ['student', '“{name}”在{where}里第一次被说出来，是出自谁的口？\n{options}'],
    ['editor', '给{where}写注释用：第一个提到“{name}”的人是谁？\n{options}'],
    ['colleague', '{where}里谁先提的“{name}”？从下面选一个：\n{options}'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'Who is the first to mention {name} in {where}?\n{options}'],
    [
      'researcher',
      'Several people write about {name} in {where}. Which of these is the first to use the name?\n{options}',
    ],
    ['customer', 'Which of these people brought up {name} before anyone else in {where}?\n{options}'],
    ['lawyer', 'Which of these persons is the first to mention {name} in {where}?\n{options}'],
    [
      'analyst',
      'Trace the messages that mention {name} in {where}. With which of these people do they begin?\n{options}',
    ],
    ['student', 'In {where}, which of the following writes the name {name} first?\n{options}'],
    ['editor', 'We want to credit whoever first brought up {name} in {where}. Which of these was it?\n{options}'],
    ['colleague', 'Who was it that mentioned {name} first in {where}?\n{options}'],
  ],
  zh: [
    ['plain', '在{where}中，最先提到“{name}”的是谁？\n{options}'],
    ['researcher', '{where}里有好几个人写到“{name}”，下列哪一位最先写到？\n{options}'],
    ['customer', '我想知道{where}里是谁先于别人提起“{name}”的。\n{options}'],
    ['lawyer', '请指出在{where}中首先提到“{name}”的是下列何人。\n{options}'],
    ['analyst', '请梳理{where}中提到“{name}”的各条消息：最早一条是哪一位发的？\n{options}'],
    ['student', '“{name}”在{where}里第一次出现，是在谁的消息里？\n{options}'],
    ['editor', '给{where}写摘要用：第一个提到“{name}”的人是谁？\n{options}'],
    ['colleague', '{where}里谁先提的“{name}”？从下面选一个：\n{options}'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
