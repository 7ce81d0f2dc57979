/** @file A comparison as an option, and how one asks which of several is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A statement that compares two growths. */
export const statements = {
  rows: phrase({
    en: '“{one}” grew by a larger percentage than “{other}” (table “{table}”)',
    zh: '“{one}”的增长率高于“{other}”（表“{table}”）',
  }),
  reports: phrase({
    en: '“{row}” (table “{table}”) grew by a larger percentage in “{one}” than in “{other}”',
    zh: '“{row}”（表“{table}”）的增长率，《{one}》高于《{other}》',
  }),
};

/** Which growth is meant. */
export const scopes = {
  rows: phrase({
    en: 'the changes from {from} to {to} in 《{document}》',
    zh: '《{document}》中从{from}年到{to}年的变化',
  }),
  reports: phrase({
    en: 'the changes from {from} to {to} that the reports show',
    zh: '各份报告中从{from}年到{to}年的变化',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which of these statements is true of {scope}? A fall counts as negative growth.\n{options}'],
    [
      'analyst',
      'My notes on {scope} hold one true line and three false ones. Which one is true? Count a fall as negative growth.\n{options}',
    ],
    [
      'researcher',
      'These are four claims about {scope}. Which one do the figures support, a decrease being negative growth?\n{options}',
    ],
    [
      'customer',
      'I have heard four things about {scope}, and only one of them can be right. Which one, if a fall is negative growth?\n{options}',
    ],
    [
      'lawyer',
      'Four assertions have been made about {scope}. Which one do the figures bear out, a decline being negative growth?\n{options}',
    ],
    [
      'student',
      'Quiz question on {scope}: three of the statements are wrong. Which one is right? A fall is negative growth.\n{options}',
    ],
    [
      'editor',
      'We can print only one of these sentences about {scope}; the figures contradict the others. Which one is correct? A fall is negative growth.\n{options}',
    ],
    [
      'colleague',
      'Can you check my four points about {scope}? Only one holds, with a fall taken as negative growth. Which one?\n{options}',
    ],
  ],
  zh: [
    ['plain', '关于{scope}，下列说法中哪一项正确？下降算负增长。\n{options}'],
    ['analyst', '我记了四条{scope}，只有一条对。是哪一条？下降视为负增长。\n{options}'],
    ['researcher', '以下是关于{scope}的四项论断，哪一项有数字支持？下降为负增长。\n{options}'],
    ['customer', '关于{scope}，我听到四种说法，只有一种是对的。是哪一种？下降算负增长。\n{options}'],
    ['lawyer', '就{scope}有四项主张，数字能够证实的是哪一项？下降按负增长论。\n{options}'],
    ['student', '测验题，关于{scope}：三项有误，哪一项正确？下降为负增长。\n{options}'],
    ['editor', '关于{scope}，下面几句只有一句可以刊登，其余有误。是哪一句？下降视作负增长。\n{options}'],
    ['colleague', '帮我核对四句话，都是关于{scope}的，只有一句成立。哪一句？下降当作负增长。\n{options}'],
  ],
});
