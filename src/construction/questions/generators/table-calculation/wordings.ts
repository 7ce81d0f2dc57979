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
    en: 'by how many percentage points, to one decimal, was the growth of “{one}” from {from} to {to} higher than that of “{other}” (both in the table “{oneTable}”), a fall being negative growth',
    zh: '表“{oneTable}”中，“{one}”从{from}年到{to}年的增长率比“{other}”的高多少个百分点（保留一位小数，下降算负增长）',
  }),
  totals: phrase({
    en: 'by how many percentage points, to one decimal, was the growth of “{one}” in the table “{oneTable}” from {from} to {to} higher than that of “{other}” in the table “{otherTable}”, a fall being negative growth',
    zh: '从{from}年到{to}年，表“{oneTable}”中“{one}”的增长率比表“{otherTable}”中“{other}”的增长率高多少个百分点（保留一位小数，下降算负增长）',
  }),
  share: phrase({
    en: 'by how many percentage points, to one decimal, did the share of “{row}” in “{total}” (table “{table}”) change from {from} to {to}, giving a fall as a negative number',
    zh: '“{row}”占“{total}”（表“{table}”）的比重从{from}年到{to}年变动了多少个百分点（保留一位小数，比重下降为负）',
  }),
  average: phrase({
    en: 'what is the simple average, to one decimal, of the figures under “{column}” in the table “{table}” over the lines that have {condition}, totals aside',
    zh: '表“{table}”中{condition}的各行（合计除外），“{column}”一栏的简单平均数是多少（保留一位小数）',
  }),
  top: phrase({
    en: 'what percentage, to one decimal, of “{total}” in the column “{column}” of the table “{table}” do the three largest items make up',
    zh: '表“{table}”的“{column}”一栏中，最大的三项加起来占“{total}”一行的百分之几（保留一位小数）',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'According to “{document}”, {what}?'],
    ['analyst', 'One figure is missing from my model. Going by “{document}”, {what}?'],
    ['researcher', 'Please calculate from the tables of “{document}”: {what}?'],
    ['customer', 'I have been reading “{document}” and could not find this in it: {what}?'],
    ['lawyer', 'We need a figure that “{document}” implies but does not state: {what}?'],
    ['student', 'Exercise on “{document}”: {what}?'],
    ['editor', 'The article still lacks one figure from “{document}”: {what}?'],
    ['colleague', 'Quick one from “{document}”: {what}?'],
  ],
  zh: [
    ['plain', '根据《{document}》，{what}？'],
    ['analyst', '我的模型里还缺一个数。按《{document}》，{what}？'],
    ['researcher', '请用《{document}》的表格计算：{what}？'],
    ['customer', '我看了《{document}》，没有找到这个数：{what}？'],
    ['lawyer', '需要一个《{document}》中没有直接写明的数字：{what}？'],
    ['student', '练习题，依据《{document}》：{what}？'],
    ['editor', '发稿前请按《{document}》核算：{what}？'],
    ['colleague', '帮忙算一下，《{document}》里{what}？'],
  ],
});
