/** @file How one asks for a table over documents. */
import type { QuestionLanguage } from '../../language.ts';
import { listed } from '../../views/tables/report-tables.ts';
import { wordings } from '../../wordings.ts';

/** The columns in their order, as a question names them. */
export const columnsIn = (heads: readonly string[], language: QuestionLanguage): string => listed(heads, language);

export const asked = wordings({
  en: [
    [
      'plain',
      'Make a table with the columns {columns} of all {nouns} with more than {bound} under “{by}”, highest first. Copy the values as they are given.',
    ],
    [
      'analyst',
      'I need a data sheet with the columns {columns} for the {nouns} above {bound} in “{by}”, sorted from the highest down. Keep the values exactly as written.',
    ],
    [
      'researcher',
      'Extract into one table ({columns}) every one of the {nouns} whose “{by}” exceeds {bound}, in descending order. Keep the notes in brackets.',
    ],
    [
      'colleague',
      'Could you put together a table with {columns} for the {nouns} that have more than {bound} under “{by}”? Highest first, values as written.',
    ],
    [
      'student',
      'Collect the {nouns} whose “{by}” is more than {bound} and tabulate them under {columns}, the highest at the top, with the exact values given.',
    ],
    [
      'editor',
      'We are printing a table headed {columns}. It should list all {nouns} with more than {bound} for “{by}”, from the highest to the lowest, values verbatim.',
    ],
    [
      'customer',
      'Please give me a table with {columns}. I only want {nouns} with over {bound} under “{by}”, highest first, and each value just as it appears.',
    ],
    [
      'lawyer',
      'Set out in a table, under the headings {columns}, all {nouns} that state more than {bound} under “{by}”, in descending order, with the values verbatim.',
    ],
  ],
  zh: [
    ['plain', '请制作一张表，各列为{columns}，收入“{by}”高于{bound}的所有{nouns}，从高到低排列，各值照原文填写。'],
    ['analyst', '我需要一张数据表，列为{columns}，涵盖“{by}”大于{bound}的{nouns}，由高到低，数值照抄。'],
    ['researcher', '请把“{by}”超过{bound}的{nouns}提取到一张表中（{columns}），按降序排列，括号内的说明也要保留。'],
    ['colleague', '帮忙整理一张表，要有{columns}，只收“{by}”在{bound}以上的{nouns}，高的在前，内容按原样写。'],
    ['student', '请找出“{by}”多于{bound}的{nouns}，按{columns}列成表格，从高到低，使用文中给出的原值。'],
    ['editor', '我们要排一张表，表头为{columns}，列出“{by}”大于{bound}的全部{nouns}，由高到低，各值照录。'],
    ['customer', '请给我一张含有{columns}的表，只要“{by}”超过{bound}的{nouns}，从高到低，每个值都按原文写。'],
    ['lawyer', '请以表格形式，按{columns}各栏，由高到低列明所载“{by}”超过{bound}的各{nouns}，并照录各值。'],
  ],
});
