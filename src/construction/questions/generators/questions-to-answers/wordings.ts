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
      'My coding sheet for {where} has questions\n{items}\nand, out of order, the words with which they are answered\n{options}\nPlease pair them.',
    ],
    [
      'customer',
      'I wrote down what was asked in {where}\n{items}\nand what was answered, but not in the same order\n{options}\nWhich belongs to which?',
    ],
    [
      'lawyer',
      'For each question put in {where}\n{items}\nidentify the answer that was given to it among the following:\n{options}',
    ],
    ['analyst', 'Match the questions from {where}\n{items}\nwith the replies that directly follow them:\n{options}'],
    [
      'student',
      'Here are questions from {where}:\n{items}\nHere are the answers, mixed up:\n{options}\nWhich answer goes with which question?',
    ],
    [
      'editor',
      'The layout of {where} has separated questions\n{items}\nfrom answers\n{options}\nPut each answer back under its question.',
    ],
    [
      'colleague',
      'From {where}, who asked is not important, but what was the reply to each of these?\n{items}\nThe replies to choose from:\n{options}',
    ],
  ],
  zh: [
    ['plain', '{where}中提出了这些问题：\n{items}\n下面哪句是对各问题的答话？\n{options}'],
    ['researcher', '我对{where}做的编码表里有这些问题：\n{items}\n答话的次序打乱了：\n{options}\n请配对。'],
    ['customer', '我记下了{where}里问的话：\n{items}\n也记下了答的话，但次序对不上：\n{options}\n哪句答的是哪句？'],
    ['lawyer', '就{where}中提出的每个问题：\n{items}\n请在下列各项中指明对其作出的答复：\n{options}'],
    ['analyst', '请把{where}中的问题：\n{items}\n与紧接其后的答话对应起来：\n{options}'],
    ['student', '这是{where}里的几个问题：\n{items}\n这是打乱的回答：\n{options}\n哪个回答对应哪个问题？'],
    ['editor', '{where}排版时问与答分开了，问：\n{items}\n答：\n{options}\n请把每句答话放回所属的问题之下。'],
    ['colleague', '{where}里这几句问话，谁问的不要紧：\n{items}\n分别得到的是下面哪句回答？\n{options}'],
  ],
});
