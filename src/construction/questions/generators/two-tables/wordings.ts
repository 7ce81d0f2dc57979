/** @file The ratio that is asked for, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import type { QuestionLanguage } from '../../language.ts';
import { wordings } from '../../wordings.ts';

/** A ratio of two rows of two tables. */
export const ratios = {
  percent: phrase({
    en: '“{over}” (table “{overTable}”) as a percentage of “{under}” (table “{underTable}”)',
    zh: '“{over}”（表“{overTable}”）相当于“{under}”（表“{underTable}”）的百分之几',
  }),
  each: phrase({
    en: '“{over}” (table “{overTable}”) divided by “{under}” (table “{underTable}”), both as printed',
    zh: '“{over}”（表“{overTable}”）除以“{under}”（表“{underTable}”）的商（按表中所印数字）',
  }),
};

const numerals = { en: ['no', 'one', 'two', 'three', 'four'], zh: ['零', '一', '两', '三', '四'] } as const;

/** How the answer is rounded, and in what it is. */
export function precisionOf(decimals: number, percent: boolean, language: QuestionLanguage): string {
  const word = numerals[language][decimals] ?? '';
  if (language === 'zh') return `${percent ? '以百分点计，' : ''}保留${word}位小数`;
  return `${percent ? 'in percentage points, ' : ''}rounded to ${word} decimal ${decimals === 1 ? 'place' : 'places'}`;
}

/** The decimals that a sentence of `precisionOf` asks for. */
export function decimalsIn(precision: string): number {
  const found = /to (\w+) decimal|保留(.)位/.exec(precision);
  return Math.max(numerals.en.indexOf((found?.[1] ?? '') as 'one'), numerals.zh.indexOf((found?.[2] ?? '') as '一'));
}

/** What is done with it, as a question. */
export const whats = {
  change: phrase({
    en: 'according to “{one}”, how did this ratio change from {from} to {to}: {ratio}? Give the later value minus the earlier one, {precision}',
    zh: '按“{one}”，下面这个比值从{from}年到{to}年变化了多少：{ratio}？用后一年的值减去前一年的值，{precision}',
  }),
  across: phrase({
    en: 'how did this ratio change from {from}, as reported in “{one}”, to {to}, as reported in “{other}”: {ratio}? Give the later value minus the earlier one, {precision}',
    zh: '下面这个比值从“{one}”所列的{from}年到“{other}”所列的{to}年变化了多少：{ratio}？用后一年的值减去前一年的值，{precision}',
  }),
  between: phrase({
    en: 'in {year}, how much higher was this ratio in “{one}” than in “{other}”: {ratio}? Give the difference {precision}, as a negative number if it was lower',
    zh: '{year}年，下面这个比值在“{one}”中比在“{other}”中高多少：{ratio}？{precision}，较低则为负数',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Please work this out: {what}.'],
    ['analyst', 'For my comparison I need one figure: {what}.'],
    ['researcher', 'One derived variable is still missing from the data set: {what}.'],
    ['customer', 'As a small shareholder I would like to know this: {what}.'],
    ['lawyer', 'The annex to our letter has to state the following: {what}.'],
    ['student', 'An exercise on published tables: {what}.'],
    ['editor', 'Before we print the article, please calculate this for me: {what}.'],
    ['colleague', 'Could you do a quick calculation? Here it is: {what}.'],
  ],
  zh: [
    ['plain', '请计算：{what}。'],
    ['analyst', '做对比分析还差一个数：{what}。'],
    ['researcher', '数据集里还缺一个派生变量：{what}。'],
    ['customer', '我是小股东，想了解一下：{what}。'],
    ['lawyer', '函件附件须写明以下一项：{what}。'],
    ['student', '有一道关于公开报表的练习：{what}。'],
    ['editor', '文章付印之前，请帮我算一下：{what}。'],
    ['colleague', '帮忙快速算一个数：{what}。'],
  ],
});
