/** @file By what groups are ranked, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const bys = {
  mean: phrase({ en: 'their average “{measure}”', zh: '“{measure}”的平均值' }),
  count: phrase({ en: 'the number of rows that each has', zh: '各有多少行' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Rank the values of “{group}” in the data set “{title}” by {by}, highest first.'],
    [
      'analyst',
      'For an overview of the data set “{title}”, order the values of “{group}” by {by}, the highest at the top.',
    ],
    [
      'researcher',
      'In the data set “{title}”, what is the order of the values of “{group}” by {by}? Begin with the highest.',
    ],
    [
      'customer',
      'Which value of “{group}” comes first in the data set “{title}”, which second and so on, going by {by}?',
    ],
    ['lawyer', 'List the values of “{group}” recorded in the data set “{title}” by {by}, in descending order.'],
    ['student', 'Group the data set “{title}” by “{group}” and sort the groups by {by}, highest first.'],
    [
      'editor',
      'We are drawing bars for the values of “{group}” in the data set “{title}”. Sort them by {by}, the highest first.',
    ],
    ['colleague', 'Can you sort the values of “{group}” in “{title}” for me by {by}? Highest at the top.'],
  ],
  zh: [
    ['plain', '请按{by}给数据集《{title}》中“{group}”的各个取值排序，由高到低。'],
    ['analyst', '概览数据集《{title}》时，请按{by}排列“{group}”的各个取值，最高的在前。'],
    ['researcher', '数据集《{title}》中，“{group}”的各个取值按{by}的次序如何？由高到低。'],
    ['customer', '数据集《{title}》里“{group}”的各个取值，按{by}谁排第一、谁排第二？请依次写出。'],
    ['lawyer', '请按{by}由高到低列明数据集《{title}》所载“{group}”的各个取值。'],
    ['student', '请把数据集《{title}》按“{group}”分组，再按{by}由高到低排列各组。'],
    ['editor', '要给数据集《{title}》中“{group}”的各个取值画柱形图，请按{by}排序，高的在前。'],
    ['colleague', '帮我把《{title}》里“{group}”的各个取值按{by}排一下，最高的放最前。'],
  ],
});
