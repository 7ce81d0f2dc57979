/** @file A comparison as an option, and how one asks which of several is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A statement that compares two growths. */
export const statements = {
  rows: phrase({
    en: '“{one}” grew by a larger percentage than “{other}” (table “{table}”)',
    zh: '“{one}”的增长率高于“{other}”（表“{table}”）',
  }),
  leads: phrase({
    en: 'Of the lines with {condition}, “{row}” has the highest figure under “{column}”',
    zh: '{condition}的各行中，“{row}”的“{column}”一栏数字最高',
  }),
  reports: phrase({
    en: '“{row}” (table “{table}”) grew by a larger percentage in “{one}” than in “{other}”',
    zh: '“{row}”（表“{table}”）的增长率，《{one}》高于《{other}》',
  }),
};

/** Which growth is meant. */
export const scopes = {
  rows: phrase({
    en: 'the changes from {from} to {to} in “{document}” (a fall counts as negative growth)',
    zh: '《{document}》中从{from}年到{to}年的变化（下降算负增长）',
  }),
  leads: phrase({ en: '{where} (totals do not count)', zh: '{where}（合计不算）' }),
  reports: phrase({
    en: 'the changes from {from} to {to} that the reports show (a fall counts as negative growth)',
    zh: '各份报告中从{from}年到{to}年的变化（下降算负增长）',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Which of these statements is true of {scope}?\n{options}'],
    ['analyst', 'My notes on {scope} hold one true line and three false ones. Which one is true?\n{options}'],
    ['researcher', 'These are four claims about {scope}. Which one do the figures support?\n{options}'],
    ['customer', 'I have heard four things about {scope}, and only one of them can be right. Which one?\n{options}'],
    ['lawyer', 'Four assertions have been made about {scope}. Which one do the figures bear out?\n{options}'],
    ['student', 'Quiz question on {scope}: three of the statements are wrong. Which one is right?\n{options}'],
    [
      'editor',
      'We can print only one of these sentences about {scope}; the figures contradict the others. Which one is correct?\n{options}',
    ],
    ['colleague', 'Can you check my four points about {scope}? Only one holds. Which one?\n{options}'],
  ],
  zh: [
    ['plain', '关于{scope}，下列说法中哪一项正确？\n{options}'],
    ['analyst', '我记了四条{scope}，只有一条对。是哪一条？\n{options}'],
    ['researcher', '以下是关于{scope}的四项论断，哪一项有数字支持？\n{options}'],
    ['customer', '关于{scope}，我听到四种说法，只有一种是对的。是哪一种？\n{options}'],
    ['lawyer', '就{scope}有四项主张，数字能够证实的是哪一项？\n{options}'],
    ['student', '测验题，关于{scope}：三项有误，哪一项正确？\n{options}'],
    ['editor', '关于{scope}，下面几句只有一句可以刊登，其余有误。是哪一句？\n{options}'],
    ['colleague', '帮我核对四句话，都是关于{scope}的，只有一句成立。哪一句？\n{options}'],
  ],
});
