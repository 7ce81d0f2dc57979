/** @file How questions call a table, and what they ask its rows to have. */
import { phrase } from '../../../reading/phrase.ts';

/** Where a table stands; a sheet or file that is one table is called by its title. */
export const wheres = {
  table: phrase({ en: 'the table “{table}” of “{document}”', zh: '《{document}》的表“{table}”' }),
  alone: phrase({ en: 'the table “{document}”', zh: '表《{document}》' }),
};

/** What a row has to have. */
export const conditions = {
  over: phrase({ en: 'more than {bound} under “{column}”', zh: '“{column}”高于{bound}' }),
  under: phrase({ en: 'less than {bound} under “{column}”', zh: '“{column}”低于{bound}' }),
  is: phrase({ en: '“{text}” under “{column}”', zh: '“{column}”为“{text}”' }),
};

/** What a row has in a column: one that only names a year is called by the year, another by its heading. */
export const figures = {
  year: phrase({ en: '{year} figure', zh: '{year}年数字' }),
  column: phrase({ en: '“{column}” figure', zh: '“{column}”' }),
};

/** The ends of an order, in the words for what is measured: an area is large, a number of people great, a price high. */
export const extremes = {
  highest: phrase({ en: 'highest {figure}', zh: '{figure}最高' }),
  largest: phrase({ en: 'largest {figure}', zh: '{figure}最大' }),
  most: phrase({ en: 'largest {figure}', zh: '{figure}最多' }),
  longest: phrase({ en: 'largest {figure}', zh: '{figure}最长' }),
  lowest: phrase({ en: 'lowest {figure}', zh: '{figure}最低' }),
  smallest: phrase({ en: 'smallest {figure}', zh: '{figure}最小' }),
  fewest: phrase({ en: 'smallest {figure}', zh: '{figure}最少' }),
  shortest: phrase({ en: 'smallest {figure}', zh: '{figure}最短' }),
};

/** Those of the lower end. */
export const lowEnds: readonly string[] = ['lowest', 'smallest', 'fewest', 'shortest'];
