/** @file How questions call a table, and what they ask its rows to have. */
import { phrase } from '../../../reading/phrase.ts';

/** Where a table stands; a sheet or file that is one table is called by its title. */
export const wheres = {
  table: phrase({ en: 'the table “{table}” of “{document}”', zh: '《{document}》的表“{table}”' }),
  alone: phrase({ en: 'the table “{document}”', zh: '表《{document}》' }),
};

/** What a row has to have. */
export const conditions = {
  over: phrase({ en: 'more than {bound} under “{column}”', zh: '“{column}”一栏高于{bound}' }),
  under: phrase({ en: 'less than {bound} under “{column}”', zh: '“{column}”一栏低于{bound}' }),
  is: phrase({ en: '“{text}” under “{column}”', zh: '“{column}”一栏为“{text}”' }),
};
