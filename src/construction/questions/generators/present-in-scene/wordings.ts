/** @file How one asks who speaks here and not there. The places are said with their preposition: `in Act II`. */

import { wordings } from '../../wordings.ts';

export const asked = wordings({
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
