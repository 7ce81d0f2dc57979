/** @file The columns of the table, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What the last column is called, and the figure that is averaged with the decimals of its average. */
export const average = phrase({ en: 'Average {measure}', zh: '平均{measure}' });
export const measured = phrase({ en: '“{measure}” ({decimals})', zh: '“{measure}”（{decimals}）' });
export const count = { en: 'Rows', zh: '行数' } as const;

export const asked = wordings({
  en: [
    [
      'plain',
      'Summarise the data set “{title}” in a table with the columns {columns}: for each “{group}”, the number of rows and the average {measure}.',
    ],
    [
      'analyst',
      'I need a pivot of the data set “{title}” by “{group}”. Make a table with the columns {columns}: how many rows each has, and the average {measure}.',
    ],
    [
      'researcher',
      'Tabulate the data set “{title}” by “{group}”: columns {columns}, that is the number of rows and the average {measure} of each.',
    ],
    [
      'customer',
      'Could you break down the data set “{title}” by “{group}” for me? I would like a table with the columns {columns}, that is how many rows each has and the average {measure}.',
    ],
    [
      'lawyer',
      'Set out in a table with the columns {columns}, for each “{group}” in the data set “{title}”, the number of rows and the average {measure}.',
    ],
    [
      'student',
      'Group the data set “{title}” by “{group}” and fill in a table with the columns {columns}: how many rows each has and the average {measure}.',
    ],
    [
      'editor',
      'Please draw up a small table for our article from the data set “{title}”: by “{group}”, with the columns {columns}, giving the number of rows and the average {measure}.',
    ],
    [
      'colleague',
      'Can you group “{title}” by “{group}” and give me {columns} as a table? I mean the number of rows and the average {measure} of each.',
    ],
  ],
  zh: [
    ['plain', '请把数据集《{title}》汇总成一张表，各列为{columns}：按“{group}”列出行数和{measure}的平均值。'],
    ['analyst', '请对数据集《{title}》按“{group}”作透视，表的各列为{columns}，即每组的行数和{measure}的平均值。'],
    ['researcher', '请按“{group}”把数据集《{title}》制成表：各列为{columns}，即每组的行数和{measure}的平均值。'],
    [
      'customer',
      '能否按“{group}”帮我拆分数据集《{title}》？要一张表，各列为{columns}，就是每组有几行、{measure}平均是多少。',
    ],
    ['lawyer', '请以各列为{columns}的表，写明数据集《{title}》中每个“{group}”的行数和{measure}的平均值。'],
    [
      'student',
      '请把数据集《{title}》按“{group}”分组，填一张各列为{columns}的表：每组有几行，{measure}的平均值是多少。',
    ],
    [
      'editor',
      '请为我们的报道从数据集《{title}》整理一张小表：按“{group}”，各列为{columns}，即行数和{measure}的平均值。',
    ],
    ['colleague', '帮我把《{title}》按“{group}”分组，给我{columns}三列的表，就是每组的行数和{measure}的平均值。'],
  ],
});
