/** @file How one asks for a ranking by a ratio. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Rank the documents that state both “{over}” and “{under}” by the ratio of the first to the second, highest first.',
    ],
    [
      'analyst',
      'For each entry that reports “{over}” as well as “{under}”, divide the former by the latter and list the entries from the highest result to the lowest.',
    ],
    [
      'researcher',
      'I am comparing intensity: “{over}” per unit of “{under}”. Order all documents that give both figures, largest ratio first.',
    ],
    [
      'colleague',
      'Can you sort the ones that have both “{over}” and “{under}” by “{over}” relative to “{under}”, starting with the highest?',
    ],
    [
      'student',
      'Which document has the most “{over}” for each unit of “{under}”, which comes next, and so on? Leave out those that do not state both.',
    ],
    [
      'customer',
      'I need a league table: “{over}” divided by “{under}”, top to bottom, of everything here that lists the two figures.',
    ],
    [
      'editor',
      'For a sidebar we want the documents ordered by “{over}” in proportion to “{under}”, highest at the top; skip any that lack one of the two.',
    ],
    [
      'lawyer',
      'Set out, in descending order of the quotient of “{over}” and “{under}”, every document in which both figures appear.',
    ],
  ],
  zh: [
    ['plain', '请把同时列出“{over}”和“{under}”的文档，按前者与后者之比从高到低排列。'],
    ['analyst', '对每份同时报告“{over}”与“{under}”的文档，用前者除以后者，并按结果从大到小列出。'],
    ['researcher', '我在比较强度，即每单位“{under}”对应的“{over}”。请将两项数字俱全的文档按比值从大到小排序。'],
    ['colleague', '帮忙把“{over}”和“{under}”两项都有的文档排一下，按“{over}”相对“{under}”的高低，最高的放最前。'],
    ['student', '哪份文档每单位“{under}”的“{over}”最多？其次是哪份？请依次排完，缺少其中一项的不算。'],
    ['customer', '我要一张排行榜：凡是列有这两项的，用“{over}”除以“{under}”，从高到低。'],
    ['editor', '版面需要一个排序：按“{over}”与“{under}”的比例由高到低列出各文档，缺任一项的略去。'],
    ['lawyer', '请就两项数字均有载明的各文档，按“{over}”与“{under}”之商由大到小依次列明。'],
  ],
});
