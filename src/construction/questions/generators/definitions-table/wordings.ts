/** @file The columns of the table, and how one asks for it. */
import { wordings } from '../../wordings.ts';

export const columns = { en: ['term', 'first', 'count'], zh: ['术语', '首次', '数目'] } as const;

export const asked = wordings({
  en: [
    [
      'plain',
      'Make a table of these defined terms of “{document}”: {terms}. Its columns are “term”, “first” (the first of the {nouns} to use it, apart from where it is defined) and “count” (how many of the {nouns} use it, again without the definition).',
    ],
    [
      'lawyer',
      'Draw up a schedule of defined terms in “{document}” for {terms}: “term”; “first”, the first of the {nouns} outside its definition in which it occurs; and “count”, the number of such {nouns}.',
    ],
    [
      'researcher',
      'Tabulate the use of {terms} in “{document}”. Give “term”, “first” (earliest of the {nouns} that use it, the defining one excluded) and “count” (number of {nouns} that use it, likewise).',
    ],
    [
      'analyst',
      'I need one row for each of {terms} from “{document}”, with “term”, “first” (the first of the {nouns} in which it appears) and “count” (in how many of the {nouns} it appears); the place of definition does not count.',
    ],
    [
      'customer',
      'Could you show me in a table where “{document}” uses {terms}? Columns: “term”, “first” (first of the {nouns} with it) and “count” (how many {nouns} have it). Leave out the place where it is defined.',
    ],
    [
      'student',
      'I have to show where “{document}” uses {terms}. Fill in “term”, “first” (the first of the {nouns} that uses the term, its definition not counted) and “count” (the number of {nouns} that use it, again without the definition).',
    ],
    [
      'editor',
      'For the glossary of “{document}” I need {terms} with “term”, “first” (first of the {nouns} to use it, not counting its definition) and “count” (number of {nouns} that use it, not counting the definition).',
    ],
    [
      'colleague',
      'Please table {terms} as used in “{document}”: “term”, “first” (first of the {nouns} using it) and “count” (how many {nouns} use it), the definitions themselves not included.',
    ],
  ],
  zh: [
    [
      'plain',
      '请把《{document}》的这些术语列成表：{terms}。各列为“术语”、“首次”（除定义处外，最先使用它的{nouns}）和“数目”（除定义处外，使用它的{nouns}有几个）。',
    ],
    [
      'lawyer',
      '请把《{document}》所定义的{terms}列成一张表，写明“术语”、“首次”（定义之外最先用到它的{nouns}）和“数目”（用到它的{nouns}共有几个，不含定义处）。',
    ],
    [
      'researcher',
      '请统计《{document}》中{terms}的使用情况，给出“术语”、“首次”（最早使用它的{nouns}，不含定义处）和“数目”（使用它的{nouns}数，同样不含定义处）。',
    ],
    [
      'analyst',
      '请为《{document}》中的{terms}各写一行，包括“术语”、“首次”（最先出现它的{nouns}）和“数目”（出现它的{nouns}有多少个），定义处不计。',
    ],
    [
      'customer',
      '能用表格告诉我《{document}》在哪里用到{terms}吗？列为“术语”、“首次”（最先用到的{nouns}）和“数目”（用到它的{nouns}数），定义的地方不算。',
    ],
    [
      'student',
      '请说明《{document}》在哪里用到{terms}，填写“术语”、“首次”（除定义外最先用到它的{nouns}）和“数目”（用到它的{nouns}有几个，定义处不算）。',
    ],
    [
      'editor',
      '为《{document}》编术语表，需要{terms}的“术语”、“首次”（最先使用它的{nouns}，定义处不算）和“数目”（使用它的{nouns}数，定义处不算）。',
    ],
    [
      'colleague',
      '请把《{document}》里{terms}的使用情况列成表：“术语”、“首次”（最先用它的{nouns}）、“数目”（用它的{nouns}有几个），定义本身不算。',
    ],
  ],
});
