/** @file How one asks what a later report says differently. */
import { wordings } from '../../wordings.ts';

export const asked = wordings({
  en: [
    [
      'plain',
      'Compare the figures for {year} in {tables} between “{one}” and “{other}”, totals aside. One row changed more than any other. By how much does the figure in “{other}” differ from the one in “{one}” (newer minus older, in the unit of the table)?',
    ],
    [
      'analyst',
      'Find the largest restatement of {year} in {tables} from “{one}” to “{other}”, totals excluded, and give me the restated figure minus the original one, in the unit of the table.',
    ],
    [
      'researcher',
      'The values of {year} in {tables} are given in “{one}” and again in “{other}”. For the row (no totals) with the largest absolute revision, what is the newer value minus the older, in the unit of the table?',
    ],
    [
      'customer',
      'I noticed that some numbers for {year} in {tables} are not the same in “{other}” as they were in “{one}”. Leaving totals out, what is the biggest change to a single row, newer figure minus older, in the unit of the table?',
    ],
    [
      'lawyer',
      'As regards the {year} figures in {tables}, state the greatest amount by which any row other than a total was restated in “{other}” as against “{one}”, being the later figure less the earlier, in the unit of the table.',
    ],
    [
      'student',
      'Which row of {tables}, not counting totals, has the biggest difference for {year} between “{one}” and “{other}”? Write the newer figure minus the older one, in the unit of the table.',
    ],
    [
      'editor',
      'Before we quote {year} from {tables}: between “{one}” and “{other}” a figure was revised. Give the largest revision of a row that is no total, as the newer figure minus the older, in the unit of the table.',
    ],
    [
      'colleague',
      'Could you check {tables} for restatements of {year} from “{one}” to “{other}”? I need the biggest one, totals skipped: newer minus older, in the unit of the table.',
    ],
  ],
  zh: [
    [
      'plain',
      '请比较“{one}”与“{other}”中表{tables}的{year}年数字，合计不算。改动最大的一行，后者的数减去前者的数是多少（用表中单位）？',
    ],
    [
      'analyst',
      '请找出从“{one}”到“{other}”，表{tables}中{year}年数字改动最大的一行（不含合计），并给出重述数减去原数的差，用表中单位。',
    ],
    [
      'researcher',
      '表{tables}中{year}年的数字先后见于“{one}”和“{other}”。不计合计，修订绝对值最大的一行，新数减旧数是多少，用表中单位？',
    ],
    [
      'customer',
      '我发现表{tables}中{year}年的有些数字，在“{one}”和“{other}”里并不一样。合计不算，单行改动最大的是多少（新数减旧数，用表中单位）？',
    ],
    [
      'lawyer',
      '就表{tables}中{year}年的数字，请写明“{one}”之后，“{other}”对合计以外任一行所作最大调整的数额，即后数减前数，用表中单位。',
    ],
    [
      'student',
      '表{tables}中，合计不计，{year}年的数字在“{one}”与“{other}”之间相差最大的一行，新数减旧数是多少？用表中单位。',
    ],
    [
      'editor',
      '我们要引用表{tables}中{year}年的数字，而“{one}”与“{other}”之间有改动。请给出合计以外改动最大的一行的新数减旧数，用表中单位。',
    ],
    [
      'colleague',
      '帮我查一下表{tables}，从“{one}”到“{other}”，{year}年的数改动最大的一行差多少？合计略过，新数减旧数，用表中单位。',
    ],
  ],
});
