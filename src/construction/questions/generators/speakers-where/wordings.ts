/** @file How one asks who speaks in both of two places. The places are said with their preposition: `in Act II`, `on 2023-09-18`. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'Who in “{title}” speaks {a} as well as {b}? Name everybody who does.'],
    ['researcher', 'I am looking at continuity in “{title}”. List all those who speak both {a} and {b}.'],
    ['customer', 'Which people in “{title}” are heard both {a} and {b}? I need all of them.'],
    ['lawyer', 'Name every person in “{title}” who speaks {a} and again {b}.'],
    ['analyst', 'In “{title}”, compare who speaks {a} with who speaks {b} and name everyone who is in both lists.'],
    ['student', 'I have to say who in “{title}” has something to say {a} and also {b}. Who are they?'],
    ['editor', 'Please check “{title}” for us: who has something to say {a} as well as {b}?'],
    [
      'colleague',
      'Looking at “{title}”, who spoke {a} and spoke {b}, too? Leave out anyone who spoke in only one of the two.',
    ],
  ],
  zh: [
    ['plain', '在《{title}》中，哪些人既在{a}说过话，又在{b}说过话？请全部列出。'],
    ['researcher', '我在看《{title}》前后的连续性：请列出在{a}与{b}都发过言的所有人。'],
    ['customer', '《{title}》里有哪些人在{a}和{b}都开了口？一个都不要漏。'],
    ['lawyer', '请列明先后在《{title}》的{a}与{b}都有发言的每一个人。'],
    ['analyst', '请比较《{title}》中{a}的发言人和{b}的发言人，给出两边都有的人。'],
    ['student', '作业要写清楚《{title}》中谁在{a}有话，同时在{b}也有话。都有哪些人？'],
    ['editor', '请核对《{title}》：哪些人在{a}和{b}都有话说？'],
    ['colleague', '看一下《{title}》，谁在{a}发过言，在{b}也发过言？只在其中一处说话的不算。'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'Who in the chat “{title}” posted {a} as well as {b}? Name everybody who did.'],
    ['researcher', 'I am looking at continuity in the chat “{title}”. List everyone who wrote both {a} and {b}.'],
    ['customer', 'Which people in the chat “{title}” sent messages both {a} and {b}? I need all of them.'],
    ['lawyer', 'Name every person in the chat “{title}” who sent a message {a} and again {b}.'],
    ['analyst', 'In the chat “{title}”, compare who posted {a} with who posted {b} and report everyone who did both.'],
    ['student', 'I have to say who in the chat “{title}” wrote something {a} and also {b}. Who are they?'],
    ['editor', 'Please check the chat “{title}” for us: who wrote something {a} as well as {b}?'],
    [
      'colleague',
      'Looking at the chat “{title}”, who posted {a} and posted {b}, too? Leave out anyone who did so on only one of the two days.',
    ],
  ],
  zh: [
    ['plain', '在聊天记录《{title}》中，哪些人既在{a}发过消息，又在{b}发过消息？请全部列出。'],
    ['researcher', '我在看聊天记录《{title}》前后的连续性：请列出在{a}与{b}都发过消息的所有人。'],
    ['customer', '聊天记录《{title}》里有哪些人在{a}和{b}都写了消息？一个都不要漏。'],
    ['lawyer', '请列明先后在聊天记录《{title}》的{a}与{b}都发过消息的每一个人。'],
    ['analyst', '请比较聊天记录《{title}》中{a}发消息的人和{b}发消息的人，给出两边都有的人。'],
    ['student', '作业要写清楚聊天记录《{title}》中谁在{a}有消息，同时在{b}也有。都有哪些人？'],
    ['editor', '请核对聊天记录《{title}》：哪些人在{a}和{b}都发了消息？'],
    ['colleague', '看一下聊天记录《{title}》，谁在{a}发过消息，在{b}也发过？只在其中一天发的不算。'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
