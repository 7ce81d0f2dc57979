/** @file What tells the row, where its cell is looked for, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What tells the row; totals are only spoken of where there are some. */
export const clues = {
  value: phrase({
    en: 'the line with the {rank} figure under “{column}” in the table “{table}” of “{document}”',
    zh: '《{document}》的表“{table}”中“{column}”一栏数字{rank}的一行',
  }),
  valueAside: phrase({
    en: 'the line with the {rank} figure under “{column}”, totals aside, in the table “{table}” of “{document}”',
    zh: '《{document}》的表“{table}”中除合计外“{column}”一栏数字{rank}的一行',
  }),
  growth: phrase({
    en: 'the line with the {rank} percentage growth from {from} to {to} in the table “{table}” of “{document}”',
    zh: '《{document}》的表“{table}”中从{from}年到{to}年增长率{rank}的一行',
  }),
  growthAside: phrase({
    en: 'the line with the {rank} percentage growth from {from} to {to}, totals aside, in the table “{table}” of “{document}”',
    zh: '《{document}》的表“{table}”中除合计外从{from}年到{to}年增长率{rank}的一行',
  }),
  among: phrase({
    en: 'the line with the {rank} figure under “{column}” among those with {condition} in {where}',
    zh: '{where}里{condition}的各行中“{column}”一栏数字{rank}的一行',
  }),
  amongAside: phrase({
    en: 'the line with the {rank} figure under “{column}”, totals aside, among those with {condition} in {where}',
    zh: '{where}里除合计外{condition}的各行中“{column}”一栏数字{rank}的一行',
  }),
};

/** Where the cell stands. */
export const places = {
  same: phrase({ en: 'the same table', zh: '同一张表' }),
  own: phrase({ en: 'the table “{in}” of the same document', zh: '同一文件的表“{in}”' }),
  other: phrase({ en: 'the table “{in}” of “{other}”', zh: '《{other}》的表“{in}”' }),
};

/** Ends of an order. */
export const ranks = {
  en: ['highest', 'lowest'],
  zh: ['最高', '最低'],
} as const;

export const asked = wordings({
  en: [
    ['plain', 'Find {clue}. What does {place} give for the same line under “{wanted}”?'],
    ['analyst', 'I am interested in {clue}. Which figure does {place} state for it under “{wanted}”?'],
    ['researcher', 'Identify {clue}. What value is reported for it under “{wanted}” in {place}?'],
    ['customer', 'Please look for {clue}. What figure does the same line have under “{wanted}” in {place}?'],
    ['lawyer', 'This concerns {clue}. State its figure under “{wanted}” in {place}.'],
    ['student', 'Exercise: find {clue}. Which figure does {place} have under “{wanted}” for the same line?'],
    ['editor', 'We want to feature {clue}. Which number under “{wanted}” does {place} print for it?'],
    ['colleague', 'Take {clue}. Can you give me its “{wanted}” from {place}?'],
  ],
  zh: [
    ['plain', '请找出{clue}。{place}中，它的“{wanted}”是多少？'],
    ['analyst', '我关注的是{clue}。在{place}里，它的“{wanted}”是多少？'],
    ['researcher', '请确定{clue}。{place}所列它的“{wanted}”是多少？'],
    ['customer', '麻烦查一下{clue}。按{place}，它的“{wanted}”是多少？'],
    ['lawyer', '事关{clue}。请写明{place}所载它的“{wanted}”。'],
    ['student', '先找{clue}，再看{place}。它的“{wanted}”是多少？'],
    ['editor', '我们要写{clue}。请从{place}补上它的“{wanted}”。'],
    ['colleague', '先看{clue}，帮我到{place}查它的“{wanted}”。'],
  ],
});
