/** @file The statements, as phrases, and how one asks which is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A statement that compares two growths. */
export const statements = {
  rows: phrase({
    en: '“{one}” (table “{oneTable}”) grew by a larger percentage than “{other}” (table “{otherTable}”)',
    zh: '“{one}”（表“{oneTable}”）的增长幅度大于“{other}”（表“{otherTable}”）',
  }),
  reports: phrase({
    en: '“{row}” (table “{table}”) grew by a larger percentage in “{one}” than in “{other}”',
    zh: '“{row}”（表“{table}”）在“{one}”中的增长幅度大于在“{other}”中',
  }),
};

/** Which growth is meant. */
export const scopes = {
  rows: phrase({ en: 'In “{document}”, from {from} to {to}', zh: '“{document}”，从{from}年到{to}年' }),
  reports: phrase({ en: 'From {from} to {to}, as the reports show it', zh: '按各份报告，从{from}年到{to}年' }),
};

export const asked = wordings({
  en: [
    ['plain', '{scope}: which one of these statements is true? A fall counts as negative growth.\n{options}'],
    [
      'analyst',
      '{scope}. Only one of these comparisons holds, with falls taken as negative growth. Which one?\n{options}',
    ],
    [
      'researcher',
      '{scope}, one of the following comparisons is supported by the figures (a decrease is negative growth). Which?\n{options}',
    ],
    [
      'customer',
      'I was told four things about growth, and only one can be right. {scope}. Which is it, if a fall is negative growth?\n{options}',
    ],
    [
      'lawyer',
      '{scope}. Indicate the one assertion that the figures bear out, a decline being treated as negative growth.\n{options}',
    ],
    [
      'student',
      'Quiz question. {scope}: three of these are wrong. Which one is right (a fall is negative growth)?\n{options}',
    ],
    [
      'editor',
      'We can print one of these sentences. {scope}. Which one do the figures confirm? Falls are negative growth.\n{options}',
    ],
    ['colleague', '{scope}. Can you check which one of these is correct? Treat a fall as negative growth.\n{options}'],
  ],
  zh: [
    ['plain', '{scope}：下列说法中哪一项正确？下降算作负增长。\n{options}'],
    ['analyst', '{scope}。以下比较只有一项成立，下降视为负增长。是哪一项？\n{options}'],
    ['researcher', '{scope}，以下哪一项比较有数字支持（下降为负增长）？\n{options}'],
    ['customer', '有人跟我说了四条关于增长的话，只有一条是对的。{scope}。是哪一条？下降算负增长。\n{options}'],
    ['lawyer', '{scope}。请指出数字能够证实的一项陈述，下降按负增长论。\n{options}'],
    ['student', '测验题。{scope}：以下三项有误，哪一项正确（下降为负增长）？\n{options}'],
    ['editor', '这几句话只能刊登一句。{scope}。数字证实的是哪一句？下降视作负增长。\n{options}'],
    ['colleague', '{scope}。帮我核对一下哪一句是对的，下降当作负增长。\n{options}'],
  ],
});
