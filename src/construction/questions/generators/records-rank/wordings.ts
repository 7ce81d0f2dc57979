/** @file How one asks for a ranking by a ratio. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Rank the {nouns} that state both “{over}” and “{under}” by the first figure divided by the second, highest first.',
    ],
    [
      'analyst',
      'For each of the {nouns} that report “{over}” as well as “{under}”, divide the former by the latter. List the {nouns} from the highest result to the lowest.',
    ],
    [
      'researcher',
      'I am comparing “{over}” for each unit of “{under}”. Order all {nouns} that give both figures, largest ratio first.',
    ],
    [
      'colleague',
      'Can you sort the {nouns} that have both “{over}” and “{under}” by the ratio of the two (first over second), starting with the highest?',
    ],
    [
      'student',
      'Which of the {nouns} has the most “{over}” for each unit of “{under}”, which comes next, and so on? Leave out those that do not state both.',
    ],
    [
      'customer',
      'I would like a league table of the {nouns}: “{over}” divided by “{under}”, from top to bottom. Only those that list both figures.',
    ],
    [
      'editor',
      'For a sidebar we want the {nouns} ordered by “{over}” in proportion to “{under}”, highest at the top; skip any that lack one of the two.',
    ],
    [
      'lawyer',
      'Set out, in descending order of “{over}” divided by “{under}”, all {nouns} for which both figures are stated.',
    ],
  ],
  zh: [
    ['plain', '请把同时列出“{over}”和“{under}”的{nouns}，按前者除以后者所得的数从高到低排列。'],
    ['analyst', '凡同时报告“{over}”与“{under}”的{nouns}，用前者除以后者，按结果从大到小列出这些{nouns}。'],
    ['researcher', '我在比较每单位“{under}”对应的“{over}”。请将两项数字俱全的{nouns}按比值从大到小排序。'],
    ['colleague', '帮忙把“{over}”和“{under}”两项都有的{nouns}排一下，按两数之比（前除以后），最高的放最前。'],
    ['student', '哪个{nouns}每单位“{under}”的“{over}”最多？其次是哪个？请依次排完，缺少其中一项的不算。'],
    ['customer', '我想要一张{nouns}排行榜：用“{over}”除以“{under}”，从高到低，只收两项都有的。'],
    ['editor', '版面需要一个排序：按“{over}”与“{under}”的比例由高到低列出各{nouns}，缺任一项的略去。'],
    ['lawyer', '请就两项数字均有载明的各{nouns}，按“{over}”除以“{under}”之商由大到小依次列明。'],
  ],
});
