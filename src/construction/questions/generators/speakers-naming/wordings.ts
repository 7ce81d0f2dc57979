/** @file How one asks who says a name. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'Who mentions {name} by name in {where}? List everyone who does.'],
    ['researcher', 'I am mapping who is mentioned by whom. Which speakers mention {name} by name in {where}?'],
    ['customer', 'I would like to know who talks about {name} in {where}. List everyone who says the name.'],
    ['lawyer', 'Identify all persons who mention {name} by name in {where}.'],
    ['analyst', 'Which speakers in {where} ever mention {name} by name? Give me all of them.'],
    ['student', 'In {where}, who says the name {name}? List them all.'],
    ['editor', 'For the index of {where} we need every speaker who mentions {name} by name. Who are they?'],
    ['colleague', 'Who actually mentioned {name} by name in {where}? I need everybody, not just the first.'],
  ],
  zh: [
    ['plain', '在{where}中，哪些人的发言里说到了“{name}”？请全部列出。'],
    ['researcher', '我在整理谁提到了谁：{where}中有哪些人说到过“{name}”？'],
    ['customer', '我想知道{where}里所有说到“{name}”的人。'],
    ['lawyer', '请列明在{where}中说到“{name}”的每一个人。'],
    ['analyst', '请找出{where}中发言里出现过“{name}”的全部发言人。'],
    ['student', '{where}里有哪些人说话时提到了“{name}”？请写全。'],
    ['editor', '为{where}编索引，需要所有说到过“{name}”的发言人，都是谁？'],
    ['colleague', '{where}里到底谁提过“{name}”？要全部的人，不只是第一个。'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'Who mentions {name} by name in {where}? List everyone who does.'],
    ['researcher', 'I am mapping who is mentioned by whom. Who mentions {name} by name in {where}?'],
    ['customer', 'Whose messages in {where} mention {name} by name? I need all of the people.'],
    ['lawyer', 'Identify everyone who mentions {name} by name in {where}.'],
    ['analyst', 'Go through {where} and list everyone who ever writes the name {name}.'],
    ['student', 'In {where}, who writes the name {name}? List them all.'],
    ['editor', 'For our summary of {where}: who mentions {name} by name? We need everyone.'],
    ['colleague', 'Who actually mentioned {name} by name in {where}? I need everybody, not just the first.'],
  ],
  zh: [
    ['plain', '在{where}中，哪些人的消息里提到了“{name}”？请全部列出。'],
    ['researcher', '我在整理谁提到了谁：{where}中有哪些人写到过“{name}”？'],
    ['customer', '我想知道{where}里所有提到“{name}”的人。'],
    ['lawyer', '请列明在{where}中写到“{name}”的每一个人。'],
    ['analyst', '请找出{where}中消息里出现过“{name}”的所有发消息的人。'],
    ['student', '{where}里有哪些人写消息时提到了“{name}”？请写全。'],
    ['editor', '给{where}写摘要，需要所有写到过“{name}”的人，都是谁？'],
    ['colleague', '{where}里到底谁提过“{name}”？全部的人都要，不只是第一个。'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
