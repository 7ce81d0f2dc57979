/** @file What a cell holds: a number with its sign, scale and unit, a date, nothing, or text. */

import { chineseDates } from '../facts/chinese.ts';
import { type DateMention, findDates, isoOf } from '../facts/dates.ts';
import { foldWidth } from '../facts/fold-width.ts';
import type { Cell, Piece } from './table.ts';

/** A dash, dots, or words that say that there is no value. */
const nothing =
  /^(?:[-–—−―－]{1,3}|\.{2,3}|…|n\/?a\.?|n\.a\.|nil|none|null|nan|not available|not applicable|无|暂无|不详|不适用|\/)$/i;

const currencies = '(?:US|HK|NZ|CA|AU|A|C|S|R)?\\$|[€£¥￥₩₹]|RMB|USD|EUR|GBP|CNY|JPY|CHF|HKD|INR';
const grouped =
  "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?:,\\d{2})*,\\d{3}|\\d{1,3}(?:[ \u2009\u202f']\\d{3})+(?:[.,]\\d+)?";
const plain = '\\d+(?:\\.\\d+)?|\\.\\d+';
const european = '\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d+,\\d{1,2}|\\d+,\\d{4,}';
const words: Readonly<Record<string, number>> = {
  thousand: 1e3,
  k: 1e3,
  K: 1e3,
  million: 1e6,
  mn: 1e6,
  M: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  B: 1e9,
  trillion: 1e12,
  tn: 1e12,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  万亿: 1e12,
};
/** Behind these a short scale is one of money. */
const scaleOf = (word: string, money: boolean): number | undefined =>
  word === 'm' || word === 'B' ? (money ? words[word] : undefined) : words[word];

const number = new RegExp(
  `^([-+−–]?)\\s*(${currencies})?\\s*([-+−–]?)\\s*(?:(${grouped})|(${plain})|(${european}))(?![\\d.,])(?:[eE]([-+]?\\d{1,3}))?\\s*(.{0,24})$`,
);
const unit =
  /^(?:%|‰|°[CF]?|℃|℉|[€£¥￥₩$]|percent|per cent|(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|HKD)|(?:sq |cu )?(?:km|mi|m|ft|in)|k?m[²³23]?|km²|cm|mm|nm|µm|μm|ha|acres?|kg|mg|g|t|tonnes|tons?|lbs?|oz|l|L|ml|mL|[kMGT]?W|[kMGT]?Wh|[kMG]?Hz|[KMGTP]i?B|kB|bytes|bits|[mµμn]?s|sec|secs|seconds|minutes|min|mins|hours?|hrs?|h|days?|weeks?|months?|years?|yrs?|kPa|MPa|hPa|bar|V|mV|A|mA|K|x|×|bps|pp|km\/h|mph|m\/s|[mk]?J|k?cal|mol|元|美元|万元|亿元|港元|欧元|日元|人|户|年|个月|天|小时|分钟|秒|岁|次|倍|个|名|项|件|台|辆|家|公里|千米|米|厘米|毫米|公斤|千克|克|吨|升|毫升|亩|公顷|平方公里|平方米|立方米|千瓦时|千瓦|度)$/;

/** Marks of a footnote behind a value. */
const footnote = /\s*(?:\[(?:\d{1,3}|[a-z])\]|[*†‡§¶]+|[¹²³⁴-⁹ᵃ-ᶻ]+|\s\([a-z]\)|\s\(\d\))$/;

interface NumberValue {
  readonly number: number;
  readonly unit?: string;
}

function bare(value: string): string {
  let text = value;
  for (let i = 0; i < 3 && footnote.test(text); i++) text = text.replace(footnote, '');
  return text.trim();
}

/** The most common form, without anything around it. */
const digitsAlone = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** What a number may begin with. */
const opensNumber = /^(?:[-+−–([.\d０-９$€£¥￥₩₹－]|[A-Z]{1,2}\$|(?:RMB|USD|EUR|GBP|CNY|JPY|CHF|HKD|INR)[^A-Za-z])/;

/** The number that a whole cell states, e.g. `(1,204)`, `$ 3.4m`, `12 %`, `1.2亿元`. */
export function numberOf(value: string): NumberValue | undefined {
  if (digitsAlone.test(value)) return { number: Number(value) };
  if (value.length > 60 || !opensNumber.test(value) || !/[\d０-９]/.test(value)) return undefined;
  const folded = bare(foldWidth(value));
  const bracketed = /^((?:[$€£¥]|US\$)?\s*)\(\s*([^()]*[^()\s])\s*\)\s*(%?)$/.exec(folded);
  const text = bracketed === null ? folded : `${bracketed[1]}${bracketed[2]}${bracketed[3]}`;
  const match = number.exec(text);
  if (match === null) return undefined;
  const [, before = '', currency, after = '', groups, digits, comma, exponent = '0', rest = ''] = match;
  // `007` is a name of something.
  if (digits !== undefined && /^0\d/.test(digits)) return undefined;
  const written =
    (groups ?? digits ?? '').replace(/[\s,'\u2009\u202f]/g, '') || (comma ?? '').replaceAll('.', '').replace(',', '.');
  const tail = tailOf(rest.trim(), currency !== undefined);
  if (tail === undefined) return undefined;
  const negative = bracketed !== null || /[-−–]/.test(before + after);
  // As one decimal, since 1.2 times 1e6 is not 1200000 in binary.
  const size = Number(`${written}e${Number(exponent) + Math.round(Math.log10(tail.scale))}`);
  if (!Number.isFinite(size)) return undefined;
  const shown = tail.unit ?? currency;
  return { number: negative && size !== 0 ? -size : size, ...(shown === undefined ? {} : { unit: shown }) };
}

/** Scale and unit behind the digits; undefined where anything else stands there. */
function tailOf(rest: string, money: boolean): { readonly scale: number; readonly unit?: string } | undefined {
  if (rest === '') return { scale: 1 };
  if (unit.test(rest) && !(money && scaleOf(rest, true) !== undefined)) {
    const scaled = /^([万亿])(元)$/.exec(rest);
    return scaled === null ? { scale: 1, unit: rest } : { scale: words[scaled[1] ?? ''] ?? 1, unit: '元' };
  }
  const match = /^(thousand|million|billion|trillion|万亿|百万|千万|bn|mn|tn|[kKMmB万亿])(?:\s*(.+))?$/.exec(rest);
  const scale = scaleOf(match?.[1] ?? '', money);
  const left = match?.[2] ?? '';
  if (scale === undefined || (left !== '' && !unit.test(left))) return undefined;
  return left === '' ? { scale } : { scale, unit: left };
}

/** A year of our calendar that stands alone. */
export const isYear = (value: string): boolean => /^(?:1[5-9]|20)\d{2}$/.test(value);

/** A heading that names a time: `2019`, `2021年`, `Q1 2022`, `FY2022`, `Dec. 31, 2019`. */
export const isPeriod = (value: string): boolean =>
  /^(?:(?:FY|CY)? ?'?\d{2,4}[A-Z]?|\d{4}年度?|(?:[1-4]?Q[1-4]?|[12]?H[12]?) ?'?(?:\d{2,4})?|\d{4} ?(?:Q[1-4]|H[12])|\d{4}[-–/]\d{2,4})$/.test(
    value,
  )
    ? isYear(value) || !/^\d+$/.test(value)
    : dateOf(value) !== undefined;

const dateMark = /\d[-/年月]|\d\.\d+\.\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

function dayOf(value: string, [, year, month, day]: RegExpExecArray): DateMention | undefined {
  const iso = isoOf({ year: Number(year), month: Number(month), day: Number(day) });
  return iso === undefined ? undefined : { iso, precision: 'day', span: { start: 0, end: value.length } };
}

/** The date that a whole cell states. `05/07/1962` is none: two days are meant by it. */
export function dateOf(value: string): DateMention | undefined {
  if (value.length > 30 || value.length < 5 || !/\d/.test(value) || !dateMark.test(value)) return undefined;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (day !== null) return dayOf(value, day);
  const text = bare(value);
  const [date, ...others] = /[年月]/.test(text) ? chineseDates(text) : findDates(text);
  const whole = date !== undefined && others.length === 0 && date.span.start === 0 && date.span.end === text.length;
  // `05/07/1962` is taken for its year alone.
  const exact = date?.precision === 'day' || !/\d\/\d+\/\d/.test(text);
  return whole && exact && date.precision !== 'day-without-year' ? date : undefined;
}

/** The type of a cell by itself; its column may say that a number is a year. */
export function typedCell({ value, span }: Piece): Cell {
  if (value === '' || nothing.test(value)) return { value, span, type: 'empty' };
  const date = dateOf(value);
  if (date !== undefined) return { value, span, type: 'date', iso: date.iso };
  const found = numberOf(value);
  return found === undefined ? { value, span, type: 'text' } : { value, span, type: 'number', ...found };
}
