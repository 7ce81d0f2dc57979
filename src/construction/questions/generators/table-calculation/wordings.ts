/** @file What is reckoned, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is asked for, by program. */
export const whats = {
  growth: phrase({
    en: 'by how many percent, to one decimal, “{to}” lies above “{from}” for {rows} taken together (a negative number if it lies below)',
    zh: '{rows}合计，“{to}”比“{from}”增加百分之几，保留一位小数（减少则为负数）',
  }),
  share: phrase({
    en: 'what percentage, to one decimal, of all of “{column}” falls to the rows whose “{by}” is above {bound}',
    zh: '“{by}”高于{bound}的各行，占“{column}”全部的百分之几，保留一位小数',
  }),
  changes: phrase({
    en: 'how much greater, in the unit of the table, the change from “{from}” to “{to}” is for “{one}” than for “{other}”',
    zh: '从“{from}”到“{to}”的变化量，“{one}”比“{other}”多出多少，用表中的单位',
  }),
  times: phrase({
    en: 'how many times, to two decimals, the largest value of “{column}” is the average of all the others',
    zh: '“{column}”中的最大值是其余各行平均值的多少倍，保留两位小数',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Look at the table “{table}” in “{document}”, leave its totals aside, and work out {what}.'],
    ['analyst', 'For my model I need one figure from “{table}” in “{document}”: {what}. Please ignore total rows.'],
    ['researcher', 'Using only those rows of “{table}” (in “{document}”) that are not totals, calculate {what}.'],
    ['customer', 'Could you tell me, from “{table}” in “{document}”, {what}? The totals should not be counted.'],
    ['lawyer', 'On the basis of “{table}” as set out in “{document}”, and disregarding any total, state {what}.'],
    ['student', 'Exercise: take “{table}” from “{document}” and find out {what}. Rows of totals do not count.'],
    ['editor', 'Please check a number for us. Going by “{table}” in “{document}”, and skipping totals: {what}?'],
    ['colleague', 'Quick one on “{table}” in “{document}”: {what}? Totals left out, please.'],
  ],
  zh: [
    ['plain', '请看“{document}”中的表“{table}”，不计合计行，算出{what}。'],
    ['analyst', '我的模型需要“{document}”里“{table}”这张表的一个数：{what}？不含合计行。'],
    ['researcher', '仅用“{document}”中“{table}”的非合计行，请计算：{what}？'],
    ['customer', '请问按“{document}”的“{table}”，{what}？合计不要算进去。'],
    ['lawyer', '依据“{document}”所载“{table}”，不计任何合计项，请写明：{what}？'],
    ['student', '练习：取“{document}”中的“{table}”，求{what}？合计不算一行。'],
    ['editor', '请帮忙核一个数：按“{document}”里的“{table}”，略去合计，{what}？'],
    ['colleague', '看一下“{document}”的“{table}”：{what}？合计不算。'],
  ],
});
