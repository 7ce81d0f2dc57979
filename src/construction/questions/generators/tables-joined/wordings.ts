/** @file What the rows and columns of the wanted table are, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

/** The tables that are asked for. */
export const whats = {
  reports: phrase({
    en: 'with the columns {columns} and one row each for {titles}; the first column holds the title of the report, the others its figures for {year} in the table {tables}',
    zh: '各列为{columns}，{titles}各占一行；第一列填报告标题，其余各列填该报告的表{tables}中{year}年的数字',
  }),
  years: phrase({
    en: 'with the columns {columns} and a row for every row of {tables} that both “{one}” and “{other}” have, without totals; take the figures for {early} from the former and those for {late} from the latter',
    zh: '各列为{columns}，《{one}》与《{other}》都有的表{tables}中的每一项各占一行，不含合计；{early}年的数取自前者，{late}年的数取自后者',
  }),
  changes: phrase({
    en: 'with the columns {columns} and a row for every row of the table {tables} in “{one}”, totals aside; the last column holds the increase from {from} to {to} in the unit of the table, negative for a fall',
    zh: '各列为{columns}，《{one}》的表{tables}中除合计外的每一项各占一行；末列填{to}年比{from}年多出的数（用表中的单位），减少写负数',
  }),
  join: phrase({
    en: 'with the columns {columns} from the tables {tables} of “{one}”, with a row for every item that both tables have and without totals',
    zh: '把《{one}》的表{tables}合并，各列为{columns}；两表都有的项目各占一行，不含合计',
  }),
};

const asPrinted = wordings({
  en: [
    ['plain', 'Please make a table {what}. Copy all values as printed.'],
    ['analyst', 'I want to load this into a spreadsheet. Build a table {what}. Keep the figures as they are printed.'],
    ['researcher', 'For the appendix I need a table {what}. The figures must stay as they are printed.'],
    [
      'customer',
      'It would help me to see everything side by side in a table {what}. Please write the figures just as they appear.',
    ],
    ['lawyer', 'Prepare as an exhibit a table {what}. All figures must be reproduced exactly.'],
    ['student', 'For a class project, put together a table {what}. Use the figures exactly as given.'],
    ['editor', 'Our designer needs a table {what}. The figures should be verbatim.'],
    ['colleague', 'Could you pull together a table {what}? Figures as printed, please.'],
  ],
  zh: [
    ['plain', '请制作一张表：{what}。数值照原样抄录。'],
    ['analyst', '我要导入电子表格，请整理成一张表：{what}。数字保持原有写法。'],
    ['researcher', '请为附录编制一张表：{what}。数字照录，不作改动。'],
    ['customer', '我想并排对照着看，请给我一张表：{what}。数字按原文写。'],
    ['lawyer', '请制作一份附件表：{what}。所有数字须准确照录。'],
    ['student', '课程作业要汇总一张表：{what}。数字与原文一致。'],
    ['editor', '美编需要一张表：{what}。数字一律照排。'],
    ['colleague', '帮忙汇总一张表：{what}。数字照抄就行。'],
  ],
});

const reckoned = wordings({
  en: [
    ['plain', 'Please make a table {what}.'],
    ['analyst', 'I want to load this into a spreadsheet. Build a table {what}.'],
    ['researcher', 'For the appendix I need a table {what}. Work out the last column from the two before it.'],
    ['customer', 'It would help me to see how things moved in a table {what}.'],
    ['lawyer', 'Prepare as an exhibit a table {what}. The last column has to follow from the printed figures.'],
    ['student', 'For a class project, put together a table {what}. The last column is to be worked out.'],
    ['editor', 'Our designer needs a table {what}.'],
    ['colleague', 'Could you pull together a table {what}? You have to work out the last column.'],
  ],
  zh: [
    ['plain', '请制作一张表：{what}。'],
    ['analyst', '我要导入电子表格，请整理成一张表：{what}。'],
    ['researcher', '请为附录编制一张表：{what}。末列由前两列算出。'],
    ['customer', '我想看看各项变动了多少，请给我一张表：{what}。'],
    ['lawyer', '请制作一份附件表：{what}。末列须据表中数字算出。'],
    ['student', '课程作业要做一张表：{what}。末列要自己算。'],
    ['editor', '美编需要一张表：{what}。'],
    ['colleague', '帮忙做一张表：{what}。末列得算一下。'],
  ],
});

/** Where a column is to be worked out, nobody asks for figures as printed. */
export const asked = eitherWordings(asPrinted, reckoned, ({ what = '' }) => whats.changes.read(what) !== undefined);
