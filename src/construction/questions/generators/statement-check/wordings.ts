/** @file A comparison as an option, and how one asks which of several is true. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Two rows of one table: what both did, or what each did. Of two falls nobody says which grew more. */
export const rowMoves = {
  rise: phrase({
    en: 'In the table “{table}”, the figure for “{one}” rose by a larger percentage than the one for “{other}”',
    zh: '表“{table}”中，“{one}”的增长率高于“{other}”',
  }),
  fall: phrase({
    en: 'In the table “{table}”, the figure for “{one}” fell by a larger percentage than the one for “{other}”',
    zh: '表“{table}”中，“{one}”下降的百分比大于“{other}”',
  }),
  turn: phrase({
    en: 'In the table “{table}”, the figure for “{one}” rose while the one for “{other}” fell',
    zh: '表“{table}”中，“{one}”的数字上升，而“{other}”的数字下降',
  }),
};

/** One row in the reports of two. */
export const reportMoves = {
  rise: phrase({
    en: 'The figure for “{row}” (table “{table}”) rose by a larger percentage in “{one}” than in “{other}”',
    zh: '“{row}”（表“{table}”）的增长率，《{one}》高于《{other}》',
  }),
  fall: phrase({
    en: 'The figure for “{row}” (table “{table}”) fell by a larger percentage in “{one}” than in “{other}”',
    zh: '“{row}”（表“{table}”）下降的百分比，《{one}》大于《{other}》',
  }),
  turn: phrase({
    en: 'The figure for “{row}” (table “{table}”) rose in “{one}” while it fell in “{other}”',
    zh: '“{row}”（表“{table}”）的数字在《{one}》中上升，而在《{other}》中下降',
  }),
};

/** Which row comes first or last in a column. */
export const leads = phrase({
  en: 'In the table “{table}”, “{row}” has the {extreme}',
  zh: '表“{table}”中，“{row}”的{extreme}',
});

/** The same of a document that is one table. */
export const leadsAlone = phrase({ en: '“{row}” has the {extreme}', zh: '“{row}”的{extreme}' });

/** What the statements are about. */
export const scopes = {
  rows: phrase({
    en: 'the changes from {from} to {to} in “{document}”',
    zh: '《{document}》中从{from}年到{to}年的变化',
  }),
  reports: phrase({
    en: 'the changes from {from} to {to} that the reports show',
    zh: '各份报告中从{from}年到{to}年的变化',
  }),
  leads: phrase({ en: 'the tables of “{document}”', zh: '《{document}》的表格' }),
  alone: phrase({ en: 'the table “{document}”', zh: '表《{document}》' }),
};

/** Said of tables that have totals. */
export const aside = phrase({ en: '{scope} (totals aside)', zh: '{scope}（合计除外）' });

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
    ['analyst', '关于{scope}，我记了四条，只有一条对。是哪一条？\n{options}'],
    ['researcher', '以下是关于{scope}的四项论断，哪一项有数字支持？\n{options}'],
    ['customer', '关于{scope}，我听到四种说法，只有一种是对的。是哪一种？\n{options}'],
    ['lawyer', '就{scope}有四项主张，数字能够证实的是哪一项？\n{options}'],
    ['student', '测验题，关于{scope}：三项有误，哪一项正确？\n{options}'],
    ['editor', '关于{scope}，下面几句只有一句可以刊登，其余有误。是哪一句？\n{options}'],
    ['colleague', '帮我核对四句话，都是关于{scope}的，只有一句成立。哪一句？\n{options}'],
  ],
});
