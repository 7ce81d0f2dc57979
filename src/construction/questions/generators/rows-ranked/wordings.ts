/** @file The quantity that ranks, as a phrase, and how one asks for the order. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** A row in a list of rows of several tables. */
export const entry = phrase({ en: '“{row}” (table “{table}”)', zh: '“{row}”（表“{table}”）' });

/** What is ranked and by what. */
export const whats = {
  across: phrase({
    en: 'the rows of {tables} by their percentage change from {from}, as given in “{one}”, to {to}, as given in “{other}” (totals, and rows that only one of the two reports has, do not count)',
    zh: '表{tables}中的各行，依据是从{from}年（取“{one}”的数）到{to}年（取“{other}”的数）增减的百分比，合计以及只在其中一份报告出现的行不计',
  }),
  items: phrase({
    en: 'the rows of the tables {tables} in “{one}” by their percentage change from {from} to {to} (totals do not count)',
    zh: '“{one}”的表{tables}中的各行，依据是从{from}年到{to}年增减的百分比，合计不计',
  }),
  listedAcross: phrase({
    en: 'the following by their percentage change from {from}, as given in “{one}”, to {to}, as given in “{other}”: {list}',
    zh: '下列各行，依据是从{from}年（取“{one}”的数）到{to}年（取“{other}”的数）增减的百分比：{list}',
  }),
  listedItems: phrase({
    en: 'the following rows of “{one}” by their percentage change from {from} to {to}: {list}',
    zh: '“{one}”的下列各行，依据是从{from}年到{to}年增减的百分比：{list}',
  }),
  quotient: phrase({
    en: 'the rows that the tables “{over}” and “{under}” of “{one}” have in common by “{overColumn}” of the first table divided by “{underColumn}” of the second (totals do not count)',
    zh: '“{one}”的表“{over}”与表“{under}”共有的各行，依据是前表的“{overColumn}”除以后表的“{underColumn}”所得的商，合计不计',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Put in order, highest first, {what}.'],
    ['analyst', 'I need a ranking from the highest value to the lowest. Please rank {what}.'],
    ['researcher', 'For a table of results, sort in descending order {what}.'],
    ['customer', 'I would like to see what did best and what did worst. Please list from top to bottom {what}.'],
    ['lawyer', 'Set out in descending order {what}.'],
    ['student', 'For homework we have to rank, largest first, {what}.'],
    ['editor', 'We plan a chart with the largest value on the left. Accordingly, arrange {what}.'],
    ['colleague', 'Could you sort something for me, biggest first? I mean {what}.'],
  ],
  zh: [
    ['plain', '请从高到低排列：{what}。'],
    ['analyst', '我要一个由高到低的排名：{what}。'],
    ['researcher', '为制作结果表，请按降序排列：{what}。'],
    ['customer', '我想看看哪项最好、哪项最差，请由高到低列出：{what}。'],
    ['lawyer', '请按降序列明：{what}。'],
    ['student', '作业要求从大到小排序：{what}。'],
    ['editor', '我们要做一张从高到低的图，请排列：{what}。'],
    ['colleague', '帮我排个序，最高的在前：{what}。'],
  ],
});
