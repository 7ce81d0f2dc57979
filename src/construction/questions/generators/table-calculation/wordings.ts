/** @file What is reckoned, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is asked for, by program. */
export const whats = {
  growth: phrase({
    en: 'by how many percent, to one decimal, did {rows} (table “{table}”) change from {from} to {to} when taken together, giving a fall as a negative number',
    zh: '{rows}（表“{table}”）合在一起，从{from}年到{to}年变动了百分之几（保留一位小数，减少为负）',
  }),
  apart: phrase({
    en: 'by how many percentage points more, to one decimal, did the figure for “{one}” grow from {from} to {to} than the one for “{other}” (both in the table “{oneTable}”)',
    zh: '表“{oneTable}”中，从{from}年到{to}年，“{one}”的增长率比“{other}”的高多少个百分点（保留一位小数）',
  }),
  totals: phrase({
    en: 'by how many percentage points more, to one decimal, did {one} in the table “{oneTable}” grow from {from} to {to} than {other} in the table “{otherTable}”',
    zh: '从{from}年到{to}年，表“{oneTable}”中{one}的增长率比表“{otherTable}”中{other}的高多少个百分点（保留一位小数）',
  }),
  share: phrase({
    en: 'by how many percentage points, to one decimal, did the share of “{row}” in {whole} (table “{table}”) change from {from} to {to}, giving a fall as a negative number',
    zh: '“{row}”占{whole}（表“{table}”）的比重从{from}年到{to}年变动了多少个百分点（保留一位小数，比重下降为负）',
  }),
  part: phrase({
    en: 'what percentage of {whole} does “{row}” make up by its {figure} in the table “{table}”, to one decimal',
    zh: '表“{table}”中，“{row}”的{figure}占{whole}的百分之几（保留一位小数）',
  }),
  difference: phrase({
    en: 'by how much, in the unit of the table, is the {figure} of “{one}” higher than that of “{other}” in the table “{table}”',
    zh: '表“{table}”中，“{one}”的{figure}比“{other}”高出多少（用表中的单位）',
  }),
  times: phrase({
    en: 'how many times as high, to one decimal, is the {figure} of “{one}” as that of “{other}” in the table “{table}”',
    zh: '表“{table}”中，“{one}”的{figure}是“{other}”的多少倍（保留一位小数）',
  }),
  sum: phrase({
    en: 'what do the rows of the table “{table}” that have {condition} come to together, by their {figure}',
    zh: '表“{table}”中{condition}的各项，{figure}加起来是多少',
  }),
  average: phrase({
    en: 'what is the average {figure} of the rows of the table “{table}” that have {condition}, {decimals}',
    zh: '表“{table}”中{condition}的各项，{figure}平均是多少（{decimals}）',
  }),
  weighted: phrase({
    en: 'what is the average {figure} of {rows} in the table “{table}”, weighted by “{weight}”, {decimals}',
    zh: '表“{table}”中{rows}的{figure}，按“{weight}”加权平均是多少（{decimals}）',
  }),
};

/** Said of growths one of which is a fall. */
export const withFall = phrase({
  en: '{what}, counting a fall as negative growth',
  zh: '{what}，下降算负增长',
});

/** What a share is of: a total that is called so, or one with a name of its own. */
export const wholes = {
  bare: phrase({ en: 'the total', zh: '合计' }),
  named: phrase({ en: '“{total}”', zh: '“{total}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'According to “{document}”, {what}?'],
    ['analyst', 'One figure is missing from my model. Going by “{document}”, {what}?'],
    ['researcher', 'Please calculate from the tables of “{document}”: {what}?'],
    ['customer', 'I have been reading “{document}” and would like to know: {what}?'],
    ['lawyer', 'We need a figure that “{document}” implies but does not state: {what}?'],
    ['student', 'Exercise on “{document}”: {what}?'],
    ['editor', 'The article still lacks one figure from “{document}”: {what}?'],
    ['colleague', 'Quick one from “{document}”: {what}?'],
  ],
  zh: [
    ['plain', '根据《{document}》，{what}？'],
    ['analyst', '我的模型里还缺一个数。按《{document}》，{what}？'],
    ['researcher', '请用《{document}》的表格计算：{what}？'],
    ['customer', '我在看《{document}》，想知道一个数：{what}？'],
    ['lawyer', '需要一个《{document}》中没有直接写明的数字：{what}？'],
    ['student', '练习题，依据《{document}》：{what}？'],
    ['editor', '发稿前请按《{document}》核算：{what}？'],
    ['colleague', '帮忙算一下，《{document}》里{what}？'],
  ],
});
