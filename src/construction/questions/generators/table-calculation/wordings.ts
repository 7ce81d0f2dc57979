/** @file What is reckoned, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is asked for, by program. */
export const whats = {
  growth: phrase({
    en: 'by how many percent “{to}” is above “{from}”, taking {rows} together (negative if it is below)',
    zh: '{rows}合计，“{to}”比“{from}”增加了百分之几（减少则为负数）',
  }),
  share: phrase({
    en: 'what percentage of the whole of “{column}” belongs to the rows whose “{by}” is above {bound}',
    zh: '“{by}”高于{bound}的各行，在“{column}”全部之中占百分之几',
  }),
  changes: phrase({
    en: 'by how much the change from “{from}” to “{to}” is greater for “{one}” than for “{other}”',
    zh: '从“{from}”到“{to}”的变化量，“{one}”比“{other}”多多少',
  }),
  times: phrase({
    en: 'how many times the average of the others the largest value of “{column}” is',
    zh: '“{column}”的最大值是其余各行平均值的多少倍',
  }),
};

export const asked = wordings({
  en: [
    [
      'plain',
      'From the table “{table}” in “{document}”, work out {what}. Leave totals out; give percentages to one decimal, ratios to two, and other figures as they come out in the unit of the table.',
    ],
    [
      'analyst',
      'For my model I need one figure from “{document}”, table “{table}”: {what}. Ignore total rows. Percentages with one decimal, ratios with two, amounts exact and in the table’s unit.',
    ],
    [
      'researcher',
      'Using only the rows of “{table}” (in “{document}”) that are not totals, calculate {what}. Round percentages to one decimal and ratios to two; state amounts exactly, in the unit used there.',
    ],
    [
      'customer',
      'Could you tell me, from “{table}” in “{document}”, {what}? Please do not count the totals; one decimal for a percentage, two for a ratio, and the exact amount otherwise.',
    ],
    [
      'lawyer',
      'On the basis of “{table}” as set out in “{document}”, and disregarding any total, state {what}; a percentage to one decimal place, a ratio to two, an amount exactly and in the unit of the table.',
    ],
    [
      'student',
      'Exercise: take “{table}” from “{document}” and compute {what}. Totals do not count as rows. One decimal for percent, two for ratios, no rounding for amounts.',
    ],
    [
      'editor',
      'Please check a number for us. According to “{table}” in “{document}”, {what}? Skip totals. Percent to one decimal, ratios to two, amounts exact and in the unit of the table.',
    ],
    [
      'colleague',
      'Quick one on “{table}” in “{document}”: {what}? Totals aside. Round percentages to one decimal and ratios to two; amounts exactly, in the table’s unit.',
    ],
  ],
  zh: [
    [
      'plain',
      '请根据“{document}”中的表“{table}”计算：{what}？合计行不计；百分数保留一位小数，倍数保留两位，其他数字按表中单位如实给出。',
    ],
    [
      'analyst',
      '我的模型需要“{document}”里“{table}”这张表的一个数：{what}？不含合计行。百分数一位小数，倍数两位小数，金额或数量按表内单位给出准确值。',
    ],
    [
      'researcher',
      '仅用“{document}”中“{table}”的非合计行，请算出：{what}？百分数取一位小数，倍数取两位小数，其余按原单位给出精确值。',
    ],
    ['customer', '请问按“{document}”的“{table}”，{what}？合计不要算进去；百分数一位小数，倍数两位小数，其他给准确数。'],
    [
      'lawyer',
      '依据“{document}”所载“{table}”，不计任何合计项，请写明：{what}？百分比保留一位小数，倍数保留两位小数，数额按表中单位准确写出。',
    ],
    [
      'student',
      '练习：取“{document}”中的“{table}”，求{what}？合计不算一行。百分数保留一位小数，倍数保留两位，其他不取整。',
    ],
    [
      'editor',
      '请帮忙核一个数：按“{document}”里的“{table}”，{what}？合计略去。百分数一位小数，倍数两位小数，其余按表中单位写准确值。',
    ],
    [
      'colleague',
      '看一下“{document}”的“{table}”：{what}？合计不算。百分数一位小数，倍数两位小数，其他数字按表中单位给准确值。',
    ],
  ],
});
