/** @file What tells the row, where its cell is looked for, and how one asks for it. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A figure of a row: of a column that only names a year by the year, of another by its heading. */
export const figures = {
  year: phrase({ en: 'figure for {year}', zh: '{year}年的数字' }),
  column: phrase({ en: 'figure under “{column}”', zh: '“{column}”一栏的数字' }),
};

/** What tells the row; totals are only spoken of where there are some. */
export const clues = {
  highest: phrase({
    en: 'the line with the highest {figure} in {where}',
    zh: '{where}中{figure}最高的一行',
  }),
  highestAside: phrase({
    en: 'the line with the highest {figure}, totals aside, in {where}',
    zh: '{where}中除合计外{figure}最高的一行',
  }),
  lowest: phrase({
    en: 'the line with the lowest {figure} in {where}',
    zh: '{where}中{figure}最低的一行',
  }),
  lowestAside: phrase({
    en: 'the line with the lowest {figure}, totals aside, in {where}',
    zh: '{where}中除合计外{figure}最低的一行',
  }),
  growth: phrase({
    en: 'the line that grew most in percent from {from} to {to} in {where}',
    zh: '{where}中从{from}年到{to}年增长率最高的一行',
  }),
  growthAside: phrase({
    en: 'the line that grew most in percent from {from} to {to}, totals aside, in {where}',
    zh: '{where}中除合计外从{from}年到{to}年增长率最高的一行',
  }),
};

/** Where the cell stands. */
export const places = {
  same: phrase({ en: 'the same table', zh: '同一张表' }),
  own: phrase({ en: 'the table “{in}” of the same document', zh: '同一文件的表“{in}”' }),
  other: phrase({ en: 'the table “{in}” of “{other}”', zh: '《{other}》的表“{in}”' }),
};

export const asked = wordings({
  en: [
    ['plain', 'Find {clue}. What is its {wanted} in {place}?'],
    ['analyst', 'I am interested in {clue}. What {wanted} does {place} give for it?'],
    ['researcher', 'Identify {clue}. What {wanted} is reported for it in {place}?'],
    ['customer', 'Please look for {clue}. What is the {wanted} of the same line in {place}?'],
    ['lawyer', 'This concerns {clue}. State its {wanted} in {place}.'],
    ['student', 'Exercise: find {clue}. Which {wanted} does {place} have for the same line?'],
    ['editor', 'We want to write about {clue}. What {wanted} does {place} print for it?'],
    ['colleague', 'Take {clue}. Can you give me its {wanted} from {place}?'],
  ],
  zh: [
    ['plain', '请找出{clue}。{place}中，它{wanted}是多少？'],
    ['analyst', '我关注的是{clue}。在{place}里，它{wanted}是多少？'],
    ['researcher', '请确定{clue}。{place}所列它{wanted}是多少？'],
    ['customer', '麻烦查一下{clue}。按{place}，它{wanted}是多少？'],
    ['lawyer', '请先查明{clue}，再写明{place}所载该行{wanted}。'],
    ['student', '先找{clue}，再看{place}：它{wanted}是多少？'],
    ['editor', '稿中要提到{clue}，请从{place}补上它{wanted}。'],
    ['colleague', '先看{clue}，帮我到{place}查它{wanted}。'],
  ],
});
