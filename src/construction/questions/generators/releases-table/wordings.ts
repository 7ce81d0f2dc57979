/** @file The columns of the table, and how one asks for it. */
import { wordings } from '../../wordings.ts';

/** The last column is called as the changelog calls the kind that is counted. */
export const columns = { en: ['version', 'date'], zh: ['版本', '日期'] } as const;

export const asked = wordings({
  en: [
    [
      'plain',
      'Make a table of the releases in “{document}” from version {from} to version {to}, by date, with “version”, “date” and “{kind}”, the number of items listed as “{kind}”.',
    ],
    [
      'analyst',
      'For every release in “{document}” from version {from} to version {to}, by date and both included, give “version”, “date” and “{kind}” (how many items it lists as “{kind}”).',
    ],
    [
      'researcher',
      'Tabulate the releases in “{document}” from version {from} to version {to} in order of date, both included: “version”, “date” and “{kind}”, the last being the count of items under “{kind}”.',
    ],
    [
      'customer',
      'Could you list the releases in “{document}” from version {from} up to version {to}, in order of date, in a table with “version”, “date” and “{kind}”? The last is how many items are marked “{kind}”.',
    ],
    [
      'lawyer',
      'Set out in a table the releases recorded in “{document}” from version {from} to version {to}, by date: “version”, “date” and “{kind}”, which is the number of items recorded as “{kind}”.',
    ],
    [
      'student',
      'Read “{document}” and fill in “version”, “date” and “{kind}” (how many “{kind}” items there are) for each release from version {from} to version {to}, in order of date.',
    ],
    [
      'editor',
      'We want to print a table of releases taken from “{document}”. Please draw it up for version {from} to version {to}, by date, with “version”, “date” and “{kind}” for how many “{kind}” items each has.',
    ],
    [
      'colleague',
      'Please count the “{kind}” items for me in each release in “{document}” from version {from} to version {to}, by date, as a table of “version”, “date” and “{kind}”.',
    ],
  ],
  zh: [
    [
      'plain',
      '请把《{document}》中按日期从版本{from}到版本{to}的各版列成表，各列为“版本”、“日期”和“{kind}”，末列是归入“{kind}”的条目数。',
    ],
    [
      'analyst',
      '对《{document}》里按日期从版本{from}到版本{to}（含首尾）的每个版本，给出“版本”、“日期”和“{kind}”（列为“{kind}”的条目有几条）。',
    ],
    [
      'researcher',
      '请统计《{document}》按日期从版本{from}至版本{to}的各版本：“版本”、“日期”和“{kind}”，末列为“{kind}”项下的条目数。',
    ],
    [
      'customer',
      '能否用表格按日期列出《{document}》从版本{from}到版本{to}的各版？需要“版本”、“日期”和“{kind}”三列，末列是标为“{kind}”的条目数。',
    ],
    [
      'lawyer',
      '请把《{document}》所载、按日期从版本{from}至版本{to}的各版列成表，写明“版本”、“日期”和“{kind}”，末列为记作“{kind}”的条目数。',
    ],
    [
      'student',
      '请阅读《{document}》，为按日期从版本{from}至版本{to}的每一版填写“版本”、“日期”和“{kind}”（“{kind}”类条目的数目）。',
    ],
    [
      'editor',
      '我们要登一张取自《{document}》的版本表：按日期从版本{from}至版本{to}，列出“版本”、“日期”和“{kind}”（“{kind}”条目有多少）。',
    ],
    [
      'colleague',
      '请帮我数一下《{document}》按日期从版本{from}到版本{to}各版的“{kind}”条目，列成“版本”、“日期”、“{kind}”三列的表。',
    ],
  ],
});
