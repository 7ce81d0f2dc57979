/** @file How questions over data sets say which rows are meant: said by generators, read back by solvers. */
import { phrase } from '../reading/phrase.ts';

/** Which rows. */
export const conditions = {
  one: phrase({ en: '“{column}” is “{value}”', zh: '“{column}”为“{value}”' }),
  two: phrase({
    en: '“{column}” is “{value}” and “{other}” is “{second}”',
    zh: '“{column}”为“{value}”且“{other}”为“{second}”',
  }),
};
