/** @file How one asks for the largest restatement. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      '“{other}” restates some of the {year} figures that “{one}” had given in {tables}. By how much does the largest restatement of a single line, totals aside, change the figure (new minus old, in the unit of the table)?',
    ],
    [
      'analyst',
      'I have to adjust my series for {year}. Of the lines of {tables}, leaving totals out, find the one that was restated most between “{one}” and “{other}”: what is the restated figure minus the original one, in the unit of the table?',
    ],
    [
      'researcher',
      'The values of {tables} for {year} are given in “{one}” and again in “{other}”. For the line (no total) with the largest revision, what is the newer value minus the older one, in the unit of the table?',
    ],
    [
      'customer',
      'Some numbers for {year} in {tables} are no longer the same in “{other}” as they were in “{one}”. Leaving totals out, what is the biggest change to a single line, new figure minus old, in the unit of the table?',
    ],
    [
      'lawyer',
      'As regards the {year} figures in {tables}, what is the greatest amount by which any line other than a total was restated in “{other}” as against “{one}”, stated as the later figure less the earlier, in the unit of the table?',
    ],
    [
      'student',
      'Exercise on restatements: which line of {tables}, not counting totals, differs most for {year} between “{one}” and “{other}”? Give the newer figure minus the older one, in the unit of the table.',
    ],
    [
      'editor',
      'Before we quote the {year} figures of {tables}: some were revised between “{one}” and “{other}”. How large is the biggest revision of a line that is no total, newer figure minus older, in the unit of the table?',
    ],
    [
      'colleague',
      'Could you check {tables} for restatements of {year} from “{one}” to “{other}”? I need the biggest one, totals skipped: new minus old, in the unit of the table.',
    ],
  ],
  zh: [
    [
      'plain',
      '《{one}》的表{tables}中{year}年的数字，有些在《{other}》里作了重述。合计除外，单项重述金额最大的一项改了多少（新数减旧数，用表中的单位）？',
    ],
    [
      'analyst',
      '我要调整{year}年的数列。表{tables}的各项（合计除外）中，从《{one}》到《{other}》重述最多的一项，重述后的数减去原来的数是多少，用表中的单位？',
    ],
    [
      'researcher',
      '表{tables}的{year}年数值在《{one}》和《{other}》中各列了一次。修订最大的一项（合计除外），新值减旧值是多少，用表中的单位？',
    ],
    [
      'customer',
      '我发现表{tables}里{year}年的有些数字，《{other}》跟《{one}》不一样了。不看合计，改动最大的一项，新数减旧数是多少，用表中的单位？',
    ],
    [
      'lawyer',
      '就表{tables}所列{year}年数字，《{other}》较之《{one}》重述金额最大的一项（合计除外），后者数字减前者数字是多少，用表中的单位？',
    ],
    [
      'student',
      '练习题：表{tables}的{year}年数字，《{one}》与《{other}》相差最大的是哪一项（合计不算）？请写新数减旧数的差，用表中的单位。',
    ],
    [
      'editor',
      '引用表{tables}的{year}年数字之前要核对：从《{one}》到《{other}》有些数字改过。除合计外改动最大的一项，新数减旧数是多少，用表中的单位？',
    ],
    [
      'colleague',
      '帮我查一下表{tables}从《{one}》到《{other}》对{year}年数字的重述，只要最大的一项，合计略过：新数减旧数，用表中的单位。',
    ],
  ],
});
