/** @file A comparison as an option, and how one asks which of several is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const statement = phrase({
  en: '“{field}” is higher for {a} than for {b}',
  zh: '“{field}”一项，{a}高于{b}',
});

export const asked = wordings({
  en: [
    ['plain', 'Which of these statements about the {nouns} is true?\n{options}'],
    ['analyst', 'My notes on the {nouns} hold one true line and three false ones. Which one is true?\n{options}'],
    ['researcher', 'Which of these four claims about the {nouns} do the figures support?\n{options}'],
    [
      'customer',
      'I have heard four things about these {nouns}, and only one of them can be right. Which one is it?\n{options}',
    ],
    ['lawyer', 'Four assertions have been made about the {nouns}. Which one do the figures bear out?\n{options}'],
    ['student', 'Quiz question on the {nouns}: three of the statements are wrong. Which one is right?\n{options}'],
    [
      'editor',
      'We can print only one of these sentences about the {nouns}; the figures contradict the others. Which one is correct?\n{options}',
    ],
    ['colleague', 'Can you check my four points about the {nouns}? Only one of them holds. Which one?\n{options}'],
  ],
  zh: [
    ['plain', '关于这些{nouns}，下列说法中哪一项正确？\n{options}'],
    ['analyst', '我记了四条关于这些{nouns}的话，只有一条对。是哪一条？\n{options}'],
    ['researcher', '关于这些{nouns}有四个论断，数字支持哪一个？\n{options}'],
    ['customer', '我听说了这些{nouns}的四件事，只有一件是对的。是哪一件？\n{options}'],
    ['lawyer', '有人就这些{nouns}提出四项主张，数字能够证实的是哪一项？\n{options}'],
    ['student', '关于这些{nouns}的选择题：三句错，一句对。哪一句对？\n{options}'],
    ['editor', '关于这些{nouns}的四句话只有一句能登，其余与数字不符。哪一句正确？\n{options}'],
    ['colleague', '帮我核对关于这些{nouns}的四句话，只有一句成立。哪一句？\n{options}'],
  ],
});
