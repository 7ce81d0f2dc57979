/**
 * @file The days, months and years that a text names, those of ranges too: `from May to July 2020` names two months of that year, `2018年9月3日至15日`
 * two days of that month.
 */
import { chineseDates, chineseNumber } from '../../../../corpus/facts/chinese.ts';
import { findDates } from '../../../../corpus/facts/dates.ts';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const name =
  'Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?';
const monthOf = (words = ''): number => months.indexOf(words.slice(0, 3).toLowerCase()) + 1;

const link = '\\s*(?:,|to|through|until|till|and|or|[-–—])\\s*';
const day = '\\d{1,2}(?:st|nd|rd|th)?';
/** What a later part of a range says for an earlier one, or an earlier one for a later. */
const ranges: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(?<![\\p{L}\\d])(${name})(${link})((?:${name}),? )(\\d{4})(?!\\d)`, 'gu'), '$1 $4$2$3$4'],
  [new RegExp(`(?<![\\d.])(${day})(${link})(${day} )(${name})(?!\\p{L})`, 'gu'), '$1 $4$2$3$4'],
  [new RegExp(`(?<!\\p{L})(${name}) (${day})(${link})(${day})(?![\\p{L}\\d.])`, 'gu'), '$1 $2$3$1 $4'],
  [/(\d{4}年)(\d{1,2}月)((?:\d{1,2}[日号])?(?:[至到和与、~～]|[-–—]+))(?=\d{1,2}月)/g, '$1$2$3$1'],
  [/(\d{1,2}月)(\d{1,2}[日号](?:[至到和与、~～]|[-–—]+))(?=\d{1,2}[日号])/g, '$1$2$1'],
  [/(\d{1,2})([至到~～]|[-–—]+)(?=\d{1,2}月(?!\d{1,2}[日号]))/g, '$1月$2'],
];
const numerals =
  /[〇零一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=月)|(?<=月)[一二三四五六七八九十]{1,3}(?=[日号])/g;

/** Numbers of Chinese dates in digits, and each part of a range with all that the range says of it. */
function spelledOut(text: string): string {
  let words = text.replace(numerals, (numeral) => String(chineseNumber(numeral) ?? numeral));
  // A list of three is two ranges.
  for (const [pattern, full] of [...ranges, ...ranges]) words = words.replace(pattern, full);
  return words;
}

const monthAlone = new RegExp(
  `(?<=\\b(?:in|from|to|by|since|until|till|between|of|and|during|early|late|mid-?) ?)(${name})(?!\\p{L})`,
  'gu',
);
const chineseMonth = /(?<!\d)(\d{1,2})月(?!\d)/g;
const isoMonth = /(?<![\d./-])(\d{4})[-/.](0[1-9]|1[0-2])(?![\d./-]*\d)/g;

/** Days of the year, months of a year, months and years that a text names: `d12-6`, `m12-2024`, `n12`, `y2024`. */
export function statedDates(text: string): Set<string> {
  const words = spelledOut(text);
  const found = new Set<string>();
  const add = (year: number | undefined, month: number | undefined, date?: number): void => {
    if (year !== undefined) found.add(`y${year}`);
    if (month !== undefined) found.add(`n${month}`);
    if (month !== undefined && year !== undefined) found.add(`m${month}-${year}`);
    if (month !== undefined && date !== undefined) found.add(`d${month}-${date}`);
  };
  for (const { iso } of [...findDates(words), ...chineseDates(words)]) {
    const [, year, month, date] = /^(-?\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso) ?? [];
    const number = (part: string | undefined): number | undefined => (part === undefined ? undefined : Number(part));
    add(year === '-' ? undefined : number(year), number(month), number(date));
  }
  for (const [, month] of words.matchAll(monthAlone)) add(undefined, monthOf(month));
  for (const [, month] of words.matchAll(chineseMonth)) add(undefined, Number(month));
  for (const [, year, month] of words.matchAll(isoMonth)) add(Number(year), Number(month));
  return found;
}

/** Parts of a year that are looked up as they stand. */
export const partsOfYear =
  /\b(?:first|second|third|fourth|last) (?:quarter|half)\b|\b(?:spring|summer|autumn|winter) (?:of )?\d{4}\b|\bQ[1-4]\b|第[一二三四]季度|[上下]半年|\d{4}年[春夏秋冬]季?|[春夏秋冬]季/gi;
