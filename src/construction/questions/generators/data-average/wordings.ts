/** @file What is reckoned over the rows of a data set, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

export const figures = {
  count: phrase({ en: 'how many rows are there in which {rows}', zh: '{rows}的行有多少' }),
  mean: phrase({
    en: 'what is the average “{measure}” of the rows in which {rows}, {decimals}',
    zh: '{rows}的各行，“{measure}”的平均值是多少（{decimals}）',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'In the data set “{title}”, {what}?'],
    ['analyst', 'I need a figure from the data set “{title}”: {what}?'],
    ['researcher', 'For a first description of the data set “{title}”: {what}?'],
    ['customer', 'I am looking at the data set “{title}” and would like to know one thing: {what}?'],
    ['lawyer', 'Going by the data set “{title}”, {what}?'],
    ['student', 'Exercise on the data set “{title}”: {what}?'],
    ['editor', 'We want to quote a figure from the data set “{title}”: {what}?'],
    ['colleague', 'Can you check the data set “{title}” for me: {what}?'],
  ],
  zh: [
    ['plain', '数据集《{title}》中，{what}？'],
    ['analyst', '我需要数据集《{title}》里的一个数：{what}？'],
    ['researcher', '为初步描述数据集《{title}》，请回答：{what}？'],
    ['customer', '我在看数据集《{title}》，想知道一个数：{what}？'],
    ['lawyer', '以数据集《{title}》为准，{what}？'],
    ['student', '关于数据集《{title}》的练习：{what}？'],
    ['editor', '稿中要引数据集《{title}》里的一个数：{what}？'],
    ['colleague', '帮我看一下数据集《{title}》：{what}？'],
  ],
});
