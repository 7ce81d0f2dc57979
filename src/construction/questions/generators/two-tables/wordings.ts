/** @file The share that is asked for, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A row of a table; the total of all by the table alone. */
export const rows = {
  row: phrase({ en: '“{row}” (table “{table}”)', zh: '“{row}”（表“{table}”）' }),
  total: phrase({ en: 'the total of the table “{table}”', zh: '表“{table}”的合计数' }),
};

/** What is done with it, as a question. */
export const whats = {
  change: phrase({
    en: 'according to “{one}”, by how many percentage points did {over} rise or fall from {from} to {to} as a share of {under}',
    zh: '按《{one}》，{over}占{under}的比重从{from}年到{to}年上升或下降了多少个百分点',
  }),
  across: phrase({
    en: 'by how many percentage points did {over} rise or fall as a share of {under} from {from}, going by “{one}”, to {to}, going by “{other}”',
    zh: '{over}占{under}的比重从{from}年（据《{one}》）到{to}年（据《{other}》）上升或下降了多少个百分点',
  }),
  between: phrase({
    en: 'how many percentage points higher or lower was {over} as a share of {under} in {year} in “{one}” than in “{other}”',
    zh: '{year}年，{over}占{under}的比重，《{one}》比《{other}》高或低多少个百分点',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Please work this out: {what}? Round to one decimal and write a minus sign where it is lower.'],
    ['analyst', 'For my comparison I need one more figure: {what}? One decimal; a fall is negative.'],
    ['researcher', 'One variable has still to be derived: {what}? Give one decimal, with a minus sign for a fall.'],
    [
      'customer',
      'I hold a few shares and would like to know: {what}? One decimal is enough, with a minus sign if it fell.',
    ],
    ['lawyer', 'A figure is needed for a statement: {what}? State it to one decimal, a fall as a negative number.'],
    ['student', 'An exercise on published tables: {what}? Round to one decimal; write a fall with a minus sign.'],
    ['editor', 'Before we print the article: {what}? To one decimal, please, with a minus sign for a fall.'],
    ['colleague', 'Could you do a quick calculation? I need this: {what}? One decimal, minus for a fall.'],
  ],
  zh: [
    ['plain', '请计算：{what}？保留一位小数，下降写负数。'],
    ['analyst', '做对比分析还差一个数：{what}？保留一位小数，下降以负数表示。'],
    ['researcher', '还有一个变量需要推算：{what}？保留一位小数，下降记为负数。'],
    ['customer', '我持有一点股份，想了解一下：{what}？一位小数即可，下降就写负数。'],
    ['lawyer', '说明中需要一个数字：{what}？请保留一位小数，下降写作负数。'],
    ['student', '有一道关于公开报表的练习：{what}？保留一位小数，下降写负数。'],
    ['editor', '文章付印之前请帮我算一下：{what}？保留一位小数，下降用负数。'],
    ['colleague', '帮忙快速算一个数：{what}？一位小数，下降写负数。'],
  ],
});
