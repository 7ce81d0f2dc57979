/** @file What is ranked, as a phrase, and how one asks for the ranking. */
import { phrase } from '../../../reading/phrase.ts';
import { wordings } from '../../wordings.ts';

/** What is ranked and by what. */
export const whats = {
  across: phrase({
    en: 'the {nouns} in the table “{table}” by how much they changed in percent from {from}, as given in “{one}”, to {to}, as given in “{other}”, with the largest rise at the top.',
    zh: '表“{table}”中的各个{nouns}，按{from}年（数据取自《{one}》）至{to}年（数据取自《{other}》）的增长率（下降为负）从高到低排列。',
  }),
  peers: phrase({
    en: 'all {nouns} in the tables called “{table}” in {titles} by how much they changed in percent from {from} to {to}, with the largest rise at the top.',
    zh: '{titles}中名为“{table}”的表里的所有{nouns}，按{from}年至{to}年的增长率（下降为负）从高到低排列。',
  }),
  items: phrase({
    en: 'the {nouns} in the table “{table}” of “{one}” by how much they changed in percent from {from} to {to}, with the largest rise at the top.',
    zh: '《{one}》的表“{table}”中的各个{nouns}，按{from}年至{to}年的增长率（下降为负）从高到低排列。',
  }),
  listedAcross: phrase({
    en: 'the {nouns} below, all from the table “{table}”, by how much they changed in percent from {from}, as given in “{one}”, to {to}, as given in “{other}”, with the largest rise at the top.\n{list}',
    zh: '表“{table}”中的下列{nouns}，按{from}年（数据取自《{one}》）至{to}年（数据取自《{other}》）的增长率（下降为负）从高到低排列。\n{list}',
  }),
  listedOne: phrase({
    en: 'the {nouns} below, all from the table “{table}” in “{one}”, by how much they changed in percent from {from} to {to}, with the largest rise at the top.\n{list}',
    zh: '《{one}》的表“{table}”中的下列{nouns}，按{from}年至{to}年的增长率（下降为负）从高到低排列。\n{list}',
  }),
  left: phrase({
    en: 'all {nouns} in {where} that have {condition} by their figure under “{column}”, with the highest at the top.',
    zh: '{where}中{condition}的所有{nouns}，按“{column}”一栏的数字从高到低排列。',
  }),
  difference: phrase({
    en: 'the {nouns} in the table “{table}” of “{one}” by how much their figure rose from {from} to {to} in absolute terms, not in percent, with the largest rise at the top and the largest fall at the end.',
    zh: '《{one}》的表“{table}”中的各个{nouns}，按{to}年比{from}年增加的数量从高到低排列，减少最多的排在最后。',
  }),
  differenceHeads: phrase({
    en: 'the {nouns} in the table “{table}” of “{one}” by the increase from “{from}” to “{to}” in absolute terms, not in percent, with the largest rise at the top and the largest fall at the end.',
    zh: '《{one}》的表“{table}”中的各个{nouns}，按“{to}”比“{from}”多出的数量从高到低排列，减少最多的排在最后。',
  }),
  quotient: phrase({
    en: 'the {nouns} that two tables of “{one}” have in common by the ratio of {over} to {under}, with the highest ratio at the top.',
    zh: '《{one}》中两张表共有的{nouns}，按{over}与{under}之比从高到低排列。',
  }),
};

/** What is divided: a column whose heading is a year and no more is called by its table. */
export const sides = {
  year: phrase({ en: 'the {year} figure in the table “{table}”', zh: '“{table}”（{year}）' }),
  column: phrase({ en: 'the “{column}” figure in the table “{table}”', zh: '“{column}”（表“{table}”）' }),
};

/** What is left out, said where there is such a thing. */
export const asides = {
  totals: phrase({ en: '{what} Leave out totals.', zh: '{what}合计不列。' }),
  lone: phrase({
    en: '{what} Leave out rows that only one of the two reports has.',
    zh: '{what}只在其中一份报告出现的不列。',
  }),
  both: phrase({
    en: '{what} Leave out totals and rows that only one of the two reports has.',
    zh: '{what}合计以及只在其中一份报告出现的不列。',
  }),
};

export const asked = wordings({
  en: [
    ['plain', 'Please rank {what}'],
    ['analyst', 'For my overview I need a ranking. Please order {what}'],
    ['researcher', 'For the table of results, sort {what}'],
    ['customer', 'I would like to see what comes first and what comes last. Please list {what}'],
    ['lawyer', 'For the annex, arrange {what}'],
    ['student', 'Exercise: put in order {what}'],
    ['editor', 'We are drawing a chart of these figures. For it, please sort {what}'],
    ['colleague', 'I need a ranking by this afternoon. Please put in order {what}'],
  ],
  zh: [
    ['plain', '请排序：{what}'],
    ['analyst', '概览里要有个排名，请排出：{what}'],
    ['researcher', '研究结果要按次序列出，请排序：{what}'],
    ['customer', '我想看看哪些在前、哪些在后，请依次列出：{what}'],
    ['lawyer', '附件中须按次序列明：{what}'],
    ['student', '作业题，请排出次序：{what}'],
    ['editor', '我们要配一张图，请先排好次序：{what}'],
    ['colleague', '帮我排个名次：{what}'],
  ],
});
