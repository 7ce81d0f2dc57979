/** @file The ratio that is asked for, as a phrase, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import type { QuestionLanguage } from '../../language.ts';
import { wordings } from '../../wordings.ts';

/** A ratio of two rows of two tables. */
export const ratios = {
  percent: phrase({
    en: '“{over}” (table “{overTable}”) as a percentage of “{under}” (table “{underTable}”)',
    zh: '“{over}”（表“{overTable}”）占“{under}”（表“{underTable}”）的百分比',
  }),
  each: phrase({
    en: '“{over}” (table “{overTable}”, {overUnit}) divided by “{under}” (table “{underTable}”, {underUnit})',
    zh: '“{over}”（表“{overTable}”，{overUnit}）除以“{under}”（表“{underTable}”，{underUnit}）的商',
  }),
};

const numerals = { en: ['no', 'one', 'two', 'three', 'four'], zh: ['零', '一', '两', '三', '四'] } as const;

/** How the answer is rounded, and in what it is. */
export function precisionOf(decimals: number, percent: boolean, language: QuestionLanguage): string {
  const word = numerals[language][decimals] ?? '';
  if (language === 'zh') return `多少${percent ? '个百分点' : ''}（保留${word}位小数）`;
  return `by how ${percent ? 'many percentage points' : 'much'}, to ${word} ${decimals === 1 ? 'decimal' : 'decimals'},`;
}

/** The decimals that a sentence of `precisionOf` asks for. */
export function decimalsIn(precision: string): number {
  const found = /to (\w+) decimal|保留(.)位/.exec(precision);
  return Math.max(numerals.en.indexOf((found?.[1] ?? '') as 'one'), numerals.zh.indexOf((found?.[2] ?? '') as '一'));
}

/** What is done with it, as a question. */
export const whats = {
  change: phrase({
    en: '{precision} did {ratio} change from {from} to {to} according to “{one}”, a fall being negative',
    zh: '按《{one}》，{ratio}从{from}年到{to}年变动了{precision}，下降为负',
  }),
  across: phrase({
    en: '{precision} did {ratio} change from {from}, as reported in “{one}”, to {to}, as reported in “{other}”, a fall being negative',
    zh: '{ratio}从{from}年（取《{one}》的数）到{to}年（取《{other}》的数）变动了{precision}，下降为负',
  }),
  between: phrase({
    en: '{precision} was {ratio} in {year} higher according to “{one}” than according to “{other}”, a lower value being negative',
    zh: '{year}年，{ratio}，《{one}》比《{other}》高{precision}，较低为负',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Please work this out: {what}?'],
    ['analyst', 'For my comparison I need one more figure: {what}?'],
    ['researcher', 'One variable has still to be derived: {what}?'],
    ['customer', 'As a small shareholder I would like to know: {what}?'],
    ['lawyer', 'Our statement has to be exact on this point: {what}?'],
    ['student', 'An exercise on published tables: {what}?'],
    ['editor', 'Before we print the article, please calculate this for me: {what}?'],
    ['colleague', 'Could you do a quick calculation? I need this: {what}?'],
  ],
  zh: [
    ['plain', '请计算：{what}？'],
    ['analyst', '做对比分析还差一个数：{what}？'],
    ['researcher', '还有一个变量需要推算：{what}？'],
    ['customer', '我是小股东，想了解一下：{what}？'],
    ['lawyer', '这一点陈述必须准确：{what}？'],
    ['student', '有一道关于公开报表的练习：{what}？'],
    ['editor', '文章付印之前，请帮我算一下：{what}？'],
    ['colleague', '帮忙快速算一个数：{what}？'],
  ],
});
