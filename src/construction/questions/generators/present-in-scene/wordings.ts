/** @file How one asks who speaks here and not there. The places are said with their preposition: `in Act II`, `on 2023-09-18`. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'In “{title}”, who speaks {a} but not {b}?\n{options}'],
    [
      'researcher',
      'I am tracing who speaks where in “{title}”. Which of these speaks {a} but says nothing {b}?\n{options}',
    ],
    ['customer', 'Which of these people in “{title}” has lines {a} but none {b}?\n{options}'],
    ['lawyer', 'Going by “{title}”, which of these persons speaks {a} but does not speak {b}?\n{options}'],
    ['analyst', 'Comparing the speakers in “{title}”: who among these speaks {a} but not {b}?\n{options}'],
    ['student', 'For my notes on “{title}”: which of these speaks {a} but has nothing to say {b}?\n{options}'],
    [
      'editor',
      'We are checking who speaks where in “{title}”. Which of these speaks {a} and is silent {b}?\n{options}',
    ],
    ['colleague', 'Quick one about “{title}”: which of these speaks {a} but not at all {b}?\n{options}'],
  ],
  zh: [
    ['plain', '在《{title}》中，谁在{a}说过话，而在{b}没有说话？\n{options}'],
    ['researcher', '我在梳理《{title}》中各人的发言情况：下面哪一位在{a}发言，却没有在{b}发言？\n{options}'],
    ['customer', '《{title}》里人太多，我记混了。这四位中，谁在{a}说过话，在{b}却一句也没有说？\n{options}'],
    ['lawyer', '下列人员中，谁在《{title}》的{a}发过言，在{b}没有发言？\n{options}'],
    ['analyst', '对照《{title}》各处的发言人：下列哪一位在{a}说了话，在{b}没有说话？\n{options}'],
    ['student', '我在做《{title}》的笔记：下面哪一位在{a}讲过话，在{b}没有讲？\n{options}'],
    ['editor', '核对《{title}》里谁在哪里说话：下面哪一位在{a}说了话，在{b}一言未发？\n{options}'],
    ['colleague', '问一下《{title}》：他们中谁在{a}说了话，在{b}却没吭声？\n{options}'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'Which of these people wrote in the chat “{title}” {a}, but not {b}?\n{options}'],
    [
      'researcher',
      'I am noting who was active when in the chat “{title}”. Who wrote something {a} and nothing {b}?\n{options}',
    ],
    ['customer', 'One of these people wrote in the chat “{title}” {a} but not {b}. Who was it?\n{options}'],
    ['lawyer', 'According to the chat “{title}”, which of these people sent a message {a}, but none {b}?\n{options}'],
    ['analyst', 'Which of these people took part in the chat “{title}” {a} but not {b}?\n{options}'],
    ['student', 'In the chat “{title}”, which of these people posted {a} but said nothing {b}?\n{options}'],
    [
      'editor',
      'We want to get the days right in our summary of the chat “{title}”. Who posted {a} but not {b}?\n{options}',
    ],
    ['colleague', 'Do you remember which of these wrote in the chat “{title}” {a} but was quiet {b}?\n{options}'],
  ],
  zh: [
    ['plain', '在聊天记录《{title}》中，谁在{a}发过消息，而在{b}没有发？\n{options}'],
    ['researcher', '我在梳理聊天记录《{title}》里各人哪天活跃：下面哪一位在{a}发了消息，却没有在{b}发？\n{options}'],
    ['customer', '聊天记录《{title}》里，下面这几位中谁在{a}写过消息，在{b}却一条也没有？\n{options}'],
    ['lawyer', '下列人员中，谁在聊天记录《{title}》里于{a}发过消息，在{b}没有发过？\n{options}'],
    ['analyst', '聊天记录《{title}》里，下面哪一位{a}说了话，{b}却没有出现？\n{options}'],
    ['student', '我在做聊天记录《{title}》的笔记：下面哪一位在{a}有消息，在{b}没有？\n{options}'],
    ['editor', '核对聊天记录《{title}》里谁哪天发了消息：下面哪一位在{a}发了，在{b}没有发？\n{options}'],
    ['colleague', '问一下聊天记录《{title}》：下面这几位里谁在{a}发了消息，在{b}却没吭声？\n{options}'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
