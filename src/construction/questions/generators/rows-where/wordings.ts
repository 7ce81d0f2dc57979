/** @file The condition as a phrase, and how one asks for all rows that meet it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Which rows are looked for; years as the headings write them. */
export const whats = {
  up: phrase({
    en: '{nouns} in the tables {tables} of “{one}” show a rise of more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些{nouns}从{from}年到{to}年增长了{bound}%以上',
  }),
  down: phrase({
    en: '{nouns} in the tables {tables} of “{one}” show a fall of more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些{nouns}从{from}年到{to}年下降了{bound}%以上',
  }),
  upOne: phrase({
    en: '{nouns} in the table {tables} of “{one}” show a rise of more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些{nouns}从{from}年到{to}年增长了{bound}%以上',
  }),
  downOne: phrase({
    en: '{nouns} in the table {tables} of “{one}” show a fall of more than {bound}% from {from} to {to}',
    zh: '《{one}》的表{tables}中，哪些{nouns}从{from}年到{to}年下降了{bound}%以上',
  }),
  turned: phrase({
    en: '{nouns} in the tables {tables} first {first} from {from} to {middle}, going by “{one}”, and then {second} from {middle} to {to}, going by “{other}”',
    zh: '表{tables}中，哪些{nouns}按《{one}》从{from}年到{middle}年{first}，而按《{other}》从{middle}年到{to}年{second}',
  }),
  again: phrase({
    en: '{nouns} in the tables {tables} first {first} from {from} to {middle}, going by “{one}”, and then {first} again from {middle} to {to}, going by “{other}”',
    zh: '表{tables}中，哪些{nouns}按《{one}》从{from}年到{middle}年{first}，按《{other}》从{middle}年到{to}年也{first}',
  }),
  alike: phrase({
    en: '{nouns} in the tables {tables} both {first} from {from} to {to} in “{one}” and did so in “{other}” too',
    zh: '表{tables}中，哪些{nouns}从{from}年到{to}年在《{one}》和《{other}》里都{first}',
  }),
  apart: phrase({
    en: '{nouns} in the tables {tables} both {first} from {from} to {to} in “{one}” and {second} over the same period in “{other}”',
    zh: '表{tables}中，哪些{nouns}从{from}年到{to}年在《{one}》里{first}、同期在《{other}》里{second}',
  }),
};

/** Conditions on two columns of one table; rows are called by the heading over their names where that is a noun. */
export const both = phrase({
  en: '{nouns} in {where} have both {first} and {second}',
  zh: '{where}中，哪些{nouns}的{first}，同时{second}',
});

/** Said of tables that have totals. */
export const aside = phrase({ en: '{what}, totals aside', zh: '{what}（合计除外）' });

/** How a row moved. */
export const moves = {
  en: { up: 'rose', down: 'fell' },
  zh: { up: '上升', down: '下降' },
} as const;

export const asked = wordings({
  en: [
    ['plain', 'Which {what}?'],
    ['analyst', 'I need a complete list. Which {what}? Please name all of them.'],
    ['researcher', 'For a study I am collecting all cases: which {what}?'],
    ['customer', 'I cannot tell at a glance. Which {what}?'],
    ['lawyer', 'For the file, we need a full list. Which {what}?'],
    ['student', 'For my paper on this material: which {what}?'],
    ['editor', 'We want to mention every such case in the article. Which {what}?'],
    ['colleague', 'Could you look this up and tell me which {what}?'],
  ],
  zh: [
    ['plain', '{what}？'],
    ['analyst', '我需要一份完整的清单：{what}？请全部列出。'],
    ['researcher', '研究中要收齐所有例子：{what}？'],
    ['customer', '我一眼看不出来，想请教一下：{what}？'],
    ['lawyer', '为备案，请完整列出：{what}？'],
    ['student', '写论文要用：{what}？'],
    ['editor', '报道里要把符合的都写上：{what}？'],
    ['colleague', '帮我查一下：{what}？'],
  ],
});
