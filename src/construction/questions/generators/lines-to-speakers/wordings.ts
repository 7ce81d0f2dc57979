/** @file How one asks who says each of several lines. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'These lines come from {where}. Who says each of them?\n{items}'],
    ['researcher', 'Please attribute each of the following sentences from {where} to its speaker:\n{items}'],
    [
      'customer',
      'I copied a few lines out of {where} and forgot to note who says them. Can you tell me for each one?\n{items}',
    ],
    ['lawyer', 'For each of these sentences, name the person who says it in {where}:\n{items}'],
    ['analyst', 'All of these quotations are taken from {where}. Assign each to its speaker.\n{items}'],
    ['student', 'Which person says which of these lines in {where}?\n{items}'],
    ['editor', 'The speakers are missing from these quotations from {where}. Please supply them:\n{items}'],
    ['colleague', 'Who said what in {where}? One name for each line, please:\n{items}'],
  ],
  zh: [
    ['plain', '下面这些话都出自{where}，每句分别是谁说的？\n{items}'],
    ['researcher', '请为{where}中的下列各句注明说话人：\n{items}'],
    ['customer', '我从{where}里抄了几句，忘了记是谁说的，能逐句告诉我吗？\n{items}'],
    ['lawyer', '请写明下列各句在{where}中是谁说的：\n{items}'],
    ['analyst', '下面的引语均取自{where}，请归到各自的说话人名下。\n{items}'],
    ['student', '{where}里的这几句话，各是谁说的？\n{items}'],
    ['editor', '以下出自{where}的引文缺了说话人，请补上：\n{items}'],
    ['colleague', '{where}里这几句都是谁讲的？每句写一个名字：\n{items}'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'These sentences come from {where}. Who wrote each of them?\n{items}'],
    ['researcher', 'Please say for each of the following sentences from {where} who wrote it:\n{items}'],
    [
      'customer',
      'I copied a few lines out of {where} and forgot to note who wrote them. Can you tell me for each one?\n{items}',
    ],
    ['lawyer', 'For each of these sentences, name the person who wrote it in {where}:\n{items}'],
    [
      'analyst',
      'All of these sentences are taken from {where}. Assign each to the person whose message it is from.\n{items}',
    ],
    ['student', 'Who wrote which of these lines in {where}?\n{items}'],
    ['editor', 'The names are missing from these quotations from {where}. Please supply them:\n{items}'],
    ['colleague', 'Who posted what in {where}? One name for each line, please:\n{items}'],
  ],
  zh: [
    ['plain', '下面这些话都出自{where}，每句分别是谁写的？\n{items}'],
    ['researcher', '请为{where}中的下列各句注明是谁发的：\n{items}'],
    ['customer', '我从{where}里抄了几句，忘了记是谁写的，能逐句告诉我吗？\n{items}'],
    ['lawyer', '请写明下列各句在{where}中是谁写的：\n{items}'],
    ['analyst', '下面各句均取自{where}，请归到各自发消息的人名下。\n{items}'],
    ['student', '{where}里的这几句话，各是谁写的？\n{items}'],
    ['editor', '以下出自{where}的引文缺了名字，请补上：\n{items}'],
    ['colleague', '{where}里这几句都是谁发的？每句写一个名字：\n{items}'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
