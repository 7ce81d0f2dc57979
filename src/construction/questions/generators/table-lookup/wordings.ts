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
    zh: '{where}中，哪一行{figure}最高',
  }),
  highestAside: phrase({
    en: 'the line with the highest {figure}, totals aside, in {where}',
    zh: '{where}中，哪一行（合计除外）{figure}最高',
  }),
  lowest: phrase({
    en: 'the line with the lowest {figure} in {where}',
    zh: '{where}中，哪一行{figure}最低',
  }),
  lowestAside: phrase({
    en: 'the line with the lowest {figure}, totals aside, in {where}',
    zh: '{where}中，哪一行（合计除外）{figure}最低',
  }),
  growth: phrase({
    en: 'the line that grew most in percent from {from} to {to} in {where}',
    zh: '{where}中，哪一行从{from}年到{to}年增长率最高',
  }),
  growthAside: phrase({
    en: 'the line that grew most in percent from {from} to {to}, totals aside, in {where}',
    zh: '{where}中，哪一行（合计除外）从{from}年到{to}年增长率最高',
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
    ['plain', '{clue}？该行在{place}中，{wanted}是多少？'],
    ['analyst', '请先看{clue}，再给出该行在{place}中{wanted}。'],
    ['researcher', '请确定{clue}，并写明该行在{place}里{wanted}。'],
    ['customer', '麻烦查一下{clue}。我想知道该行在{place}里{wanted}。'],
    ['lawyer', '请查明{clue}，并写明{place}所载该行{wanted}。'],
    ['student', '{clue}？再看{place}：该行{wanted}是多少？'],
    ['editor', '稿中要写明{clue}，并请从{place}补上该行{wanted}。'],
    ['colleague', '{clue}？帮我到{place}查一下该行{wanted}。'],
  ],
});
