/** @file The condition, as a phrase, and how one asks for the rows that meet it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** Which rows are looked for. */
export const whats = {
  up: phrase({
    en: 'rows of the tables {tables} in “{one}” went up by more than {bound}% from {from} to {to}',
    zh: '“{one}”的表{tables}中，从{from}年到{to}年增幅超过{bound}%的有哪些行',
  }),
  down: phrase({
    en: 'rows of the tables {tables} in “{one}” went down by more than {bound}% from {from} to {to}',
    zh: '“{one}”的表{tables}中，从{from}年到{to}年降幅超过{bound}%的有哪些行',
  }),
  turned: phrase({
    en: 'rows of {tables} are the ones that {first} from {from} to {middle} according to “{one}” and {second} from {middle} to {to} according to “{other}”',
    zh: '表{tables}中，按“{one}”从{from}年到{middle}年{first}、按“{other}”从{middle}年到{to}年{second}的有哪些行',
  }),
  apart: phrase({
    en: 'rows of {tables} are the ones that {first} from {from} to {to} in “{one}” and {second} over the same time in “{other}”',
    zh: '表{tables}中，从{from}年到{to}年在“{one}”里{first}、同期在“{other}”里{second}的有哪些行',
  }),
};

/** How a row moved. */
export const moves = {
  en: { up: 'went up', down: 'went down' },
  zh: { up: '上升', down: '下降' },
} as const;

export const asked = wordings({
  en: [
    ['plain', 'Leaving totals aside, which {what}?'],
    ['analyst', 'For a screening, list them all, totals excluded: which {what}?'],
    ['researcher', 'To select the cases for a study, please tell me which {what}. Totals are not cases.'],
    ['customer', 'I want to understand the movements behind the totals. Which {what}?'],
    ['lawyer', 'Identify exhaustively, and without regard to any total, which {what}.'],
    ['student', 'Question from the seminar: not counting totals, which {what}?'],
    ['editor', 'For a box in the margin we need the complete list, no totals: which {what}?'],
    ['colleague', 'Can you pick out for me which {what}? Skip the totals.'],
  ],
  zh: [
    ['plain', '合计不算，{what}？'],
    ['analyst', '做一次筛选，合计除外，请全部列出：{what}？'],
    ['researcher', '为确定研究样本，请告诉我{what}？合计不作样本。'],
    ['customer', '我想弄清合计背后的变化：{what}？'],
    ['lawyer', '合计项不计，请穷尽列明：{what}？'],
    ['student', '课堂问题，合计不计在内：{what}？'],
    ['editor', '版面边栏需要一份完整名单，不收合计：{what}？'],
    ['colleague', '帮我挑一下，合计略过：{what}？'],
  ],
});
