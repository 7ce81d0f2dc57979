/** @file How the row is told, as a phrase, and how one asks for its cell. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What tells the row. */
export const clues = {
  value: phrase({
    en: 'has the {rank} figure under “{column}” in the table “{table}” of “{document}”',
    zh: '在“{document}”的表“{table}”中“{column}”一栏数字{rank}',
  }),
  growth: phrase({
    en: 'has the {rank} percentage increase from {from} to {to} in the table “{table}” of “{document}”',
    zh: '在“{document}”的表“{table}”中从{from}年到{to}年增幅{rank}',
  }),
};

/** Places in an order, from the top. */
export const ranks = {
  en: ['highest', 'second-highest', 'third-highest'],
  zh: ['最高', '第二高', '第三高'],
} as const;

export const asked = wordings({
  en: [
    [
      'plain',
      'One row, totals aside, {clue}. What does “{other}” give for that row under “{wanted}” in the table “{in}”?',
    ],
    [
      'analyst',
      'Take the row, not counting totals, that {clue}. I need its entry under “{wanted}” in “{other}”, table “{in}”.',
    ],
    [
      'researcher',
      'Find the row that, totals excluded, {clue}. Which figure stands for it under “{wanted}” in the table “{in}” of “{other}”?',
    ],
    [
      'customer',
      'I am interested in the row that {clue}, leaving out totals. How much is stated for it under “{wanted}” in “{in}” of “{other}”?',
    ],
    [
      'lawyer',
      'With totals disregarded, one row {clue}. State the figure given for that row under “{wanted}” in the table “{in}” of “{other}”.',
    ],
    [
      'student',
      'Look for the row which, apart from totals, {clue}. What is written for it under “{wanted}” in “{other}”, table “{in}”?',
    ],
    [
      'editor',
      'We highlight the row that, totals left out, {clue}. Please supply its figure under “{wanted}” from the table “{in}” in “{other}”.',
    ],
    [
      'colleague',
      'Which row, skipping totals, {clue}? Could you give me its number under “{wanted}” in the table “{in}” of “{other}”?',
    ],
  ],
  zh: [
    ['plain', '不计合计，有一行{clue}。“{other}”的表“{in}”中，该行“{wanted}”一栏是多少？'],
    ['analyst', '请找到{clue}的那一行（合计除外），我需要它在“{other}”的表“{in}”中“{wanted}”一栏的数。'],
    ['researcher', '请确定{clue}的一行，合计不计。它在“{other}”的表“{in}”里“{wanted}”一栏写的是多少？'],
    ['customer', '我关心的是{clue}的那一行，合计不算。“{other}”的表“{in}”里，它的“{wanted}”是多少？'],
    ['lawyer', '合计项除外，某一行{clue}。请写明“{other}”的表“{in}”就该行在“{wanted}”一栏所载的数字。'],
    ['student', '请先找出{clue}的一行（不看合计），再到“{other}”的表“{in}”查它的“{wanted}”是多少？'],
    ['editor', '我们要突出{clue}的那一行，合计除外。请补上它在“{other}”的表“{in}”中“{wanted}”一栏的数字。'],
    ['colleague', '除去合计，哪一行{clue}？帮我查它在“{other}”的表“{in}”里“{wanted}”的数。'],
  ],
});
