/** @file The value of a number in a heading or a reference, in whatever signs it stands. */
import { chineseNumber } from '../facts/chinese.ts';

const romanDigits: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
const words =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** The value of `4`, `IV`, `four` or `十二`; NaN for what is no whole number. */
export function ordinalOf(number: string): number {
  if (/^\d+$/.test(number)) return Number(number);
  if (/^[IVXLC]+$/i.test(number)) {
    const values = [...number.toUpperCase()].map((letter) => romanDigits[letter] ?? 0);
    return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
  }
  const word = words.indexOf(number.toLowerCase());
  if (word >= 0) return word;
  return /^[零〇一二两三四五六七八九十百千]+$/.test(number) ? (chineseNumber(number) ?? Number.NaN) : Number.NaN;
}
