/** @file The condition as a phrase, and how one asks for all rows that meet it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Which rows are looked for. */
export const whats = {
  up: phrase({
    en: 'lines in the tables {tables} of “{one}” rose by more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些项目从{from}年到{to}年增长了{bound}%以上',
  }),
  down: phrase({
    en: 'lines in the tables {tables} of “{one}” fell by more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些项目从{from}年到{to}年下降了{bound}%以上',
  }),
  turned: phrase({
    en: 'lines in the tables {tables} first {first} from {from} to {middle}, going by “{one}”, and then {second} from {middle} to {to}, going by “{other}”',
    zh: '表{tables}中，哪些项目按《{one}》从{from}年到{middle}年{first}，而按《{other}》从{middle}年到{to}年{second}',
  }),
  apart: phrase({
    en: 'lines in the tables {tables} both {first} from {from} to {to} in “{one}” and {second} over the same period in “{other}”',
    zh: '表{tables}中，哪些项目从{from}年到{to}年在《{one}》里{first}、同期在《{other}》里{second}',
  }),
};

/** Conditions on two columns of one table. */
export const both = phrase({
  en: 'lines of {where} have both {first} and {second}',
  zh: '{where}中，哪些行{first}，同时{second}',
});

/** How a row moved. */
export const moves = {
  en: { up: 'rose', down: 'fell' },
  zh: { up: '上升', down: '下降' },
} as const;

export const asked = wordings({
  en: [
    ['plain', 'Which {what}? Totals do not count.'],
    ['analyst', 'I am going through the figures line by line. Which {what}? Please name all of them, but no totals.'],
    ['researcher', 'For the sample of a study: which {what}? Totals are to be left out.'],
    ['customer', 'I would like to see which ones stand out. Which {what}? I do not need the totals.'],
    ['lawyer', 'For our questions to the management, we need a full list. Which {what}, totals excepted?'],
    ['student', 'For my paper on this material: which {what}, not counting totals?'],
    ['editor', 'We want to mention every such case in the article. Which {what}? No totals, please.'],
    ['colleague', 'Could you go through the tables and tell me which {what}? Skip the totals.'],
  ],
  zh: [
    ['plain', '{what}？合计不算。'],
    ['analyst', '我在逐行梳理数据：{what}？请全部列出，合计除外。'],
    ['researcher', '研究需要一份清单：{what}？合计不计。'],
    ['customer', '我想知道究竟是哪些：{what}？合计不用列。'],
    ['lawyer', '为准备向管理层提问，请完整列出：{what}？合计项除外。'],
    ['student', '写论文要用：{what}？合计不计在内。'],
    ['editor', '报道里要把符合的都写上：{what}？不要合计。'],
    ['colleague', '帮我翻一下这些表：{what}？合计略过。'],
  ],
});
