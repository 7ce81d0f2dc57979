/** @file How one asks who speaks here and not there. The places are said with their preposition: `in Act II`, `on 2023-09-18`. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    ['plain', 'In “{title}”, who speaks {a} but not {b}?\n{options}'],
    [
      'researcher',
      'I am tracing who speaks where in “{title}”. Which of these has something to say {a} and says nothing {b}?\n{options}',
    ],
    ['customer', 'I mix up the people in “{title}”. Which of these is heard {a} and never {b}?\n{options}'],
    ['lawyer', 'Going by “{title}”, which of these persons speaks {a} without speaking {b}?\n{options}'],
    [
      'analyst',
      'Compare who speaks {a} in “{title}” with who speaks {b}: which of these does the first and not the second?\n{options}',
    ],
    ['student', 'For my notes on “{title}”: which one has something to say {a} and nothing {b}?\n{options}'],
    [
      'editor',
      'We are checking who speaks where in “{title}”. Which of these speaks {a} and is silent {b}?\n{options}',
    ],
    ['colleague', 'Quick one about “{title}”: which of them speaks {a} and not at all {b}?\n{options}'],
  ],
  zh: [
    ['plain', '在《{title}》中，谁在{a}说过话，而在{b}没有说话？\n{options}'],
    ['researcher', '我在梳理《{title}》中各人的发言情况：下面哪一位在{a}发言，却没有在{b}发言？\n{options}'],
    ['customer', '《{title}》里人太多，我记混了。这四位中，谁在{a}开过口，在{b}却一句话也没有？\n{options}'],
    ['lawyer', '下列人员中，谁在《{title}》的{a}发过言，在{b}没有发言？\n{options}'],
    ['analyst', '请比较《{title}》中{a}与{b}的发言人：下列哪一位只在前者发言，在后者没有发言？\n{options}'],
    ['student', '我在做《{title}》的笔记：哪一位在{a}有话，在{b}没有话？\n{options}'],
    ['editor', '核对《{title}》里谁在哪里说话：下面哪一位在{a}说了话，在{b}一言未发？\n{options}'],
    ['colleague', '问一下《{title}》：他们中谁在{a}说了话，在{b}却没吭声？\n{options}'],
  ],
});
