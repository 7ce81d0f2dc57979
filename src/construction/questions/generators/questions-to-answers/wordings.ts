/** @file How one asks which answer was given to which question. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'These questions are asked in {where}:\n{items}\nWhich of the following replies is given to each?\n{options}',
    ],
    [
      'researcher',
      'My notes on {where} have these questions:\n{items}\nThe replies have got out of order:\n{options}\nPlease pair each question with its reply.',
    ],
    [
      'customer',
      'I wrote down what is asked in {where}:\n{items}\nand what is answered, but not in the same order:\n{options}\nWhich belongs to which?',
    ],
    [
      'lawyer',
      'These questions are put in {where}:\n{items}\nFor each of them, identify the answer that is given to it:\n{options}',
    ],
    ['analyst', 'Match these questions from {where}:\n{items}\nwith the replies that directly follow them:\n{options}'],
    [
      'student',
      'Here are questions from {where}:\n{items}\nHere are the answers, mixed up:\n{options}\nWhich answer goes with which question?',
    ],
    [
      'editor',
      'In our layout of {where} the questions and the answers have come apart. The questions:\n{items}\nThe answers:\n{options}\nWhich answer belongs under which question?',
    ],
    [
      'colleague',
      'What is the reply to each of these questions from {where}?\n{items}\nThe replies to choose from:\n{options}',
    ],
  ],
  zh: [
    ['plain', '{where}中提出了这些问题：\n{items}\n下面哪句是对各问题的答话？\n{options}'],
    ['researcher', '我的笔记里记了{where}中的这些问题：\n{items}\n答话的次序打乱了：\n{options}\n请配对。'],
    ['customer', '我记下了{where}里问的话：\n{items}\n也记下了答的话，但次序对不上：\n{options}\n哪句答的是哪句？'],
    ['lawyer', '{where}中有人提出了这些问题：\n{items}\n请在下列各项中指明各自得到的答复：\n{options}'],
    ['analyst', '请把{where}中的问题：\n{items}\n与紧接其后的答话对应起来：\n{options}'],
    ['student', '这是{where}里的几个问题：\n{items}\n这是打乱的回答：\n{options}\n哪个回答对应哪个问题？'],
    ['editor', '{where}排版时问与答分开了，问：\n{items}\n答：\n{options}\n请把每句答话放回所属的问题之下。'],
    ['colleague', '{where}里有这几句问话：\n{items}\n分别得到的是下面哪句回答？\n{options}'],
  ],
});
