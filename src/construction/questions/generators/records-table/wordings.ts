/** @file How one asks for a table over documents. */
import type { QuestionLanguage } from '../../language.ts';
import { wordings } from '../../wordings.ts';

/** The columns in their order, as a question names them. */
export const columnsIn = (heads: readonly string[], language: QuestionLanguage): string =>
  heads.map((head) => `“${head}”`).join(language === 'zh' ? '、' : ', ');

export const asked = wordings({
  en: [
    [
      'plain',
      'Make a table with the columns {columns}: one row for each document whose “{by}” is above {bound}, every value as the document states it.',
    ],
    [
      'analyst',
      'I need a data sheet, columns {columns}, covering all documents with “{by}” greater than {bound}. Copy the values exactly.',
    ],
    [
      'researcher',
      'Extract into one table ({columns}) every document in which “{by}” exceeds {bound}; keep the wording of each value, notes in brackets included.',
    ],
    [
      'colleague',
      'Could you put together a table with {columns} for everything above {bound} in “{by}”? Values as written, please.',
    ],
    [
      'student',
      'Collect the documents whose “{by}” is more than {bound} and tabulate them under the headings {columns}, using the exact values given.',
    ],
    [
      'editor',
      'We are printing a table headed {columns}. Fill it with each document that gives more than {bound} for “{by}”, values verbatim.',
    ],
    [
      'customer',
      'Please give me a table that has {columns}. Only those with “{by}” over {bound}, and write each value just as it appears.',
    ],
    [
      'lawyer',
      'Set out in tabular form, under the headings {columns}, each document stating a “{by}” in excess of {bound}, reproducing the values verbatim.',
    ],
  ],
  zh: [
    ['plain', '请制作一张表，各列为{columns}：凡“{by}”高于{bound}的文档各占一行，各值照文档原文填写。'],
    ['analyst', '我需要一张数据表，列为{columns}，涵盖“{by}”大于{bound}的所有文档，数值照抄。'],
    [
      'researcher',
      '请将“{by}”超过{bound}的每份文档提取到一张表中（{columns}），保留各值的原有写法，括号内的说明也要保留。',
    ],
    ['colleague', '帮忙整理一张表，要有{columns}，只收“{by}”在{bound}以上的，内容按原样写。'],
    ['student', '请找出“{by}”多于{bound}的文档，按{columns}列成表格，使用文中给出的原值。'],
    ['editor', '我们要排一张表，表头为{columns}。请把“{by}”一项大于{bound}的文档逐一填入，各值照录。'],
    ['customer', '请给我一张含有{columns}的表，只要“{by}”超过{bound}的，每个值都按原文写。'],
    ['lawyer', '请以表格形式，按{columns}各栏，列明所载“{by}”超过{bound}的每份文档，并照录各值。'],
  ],
});
