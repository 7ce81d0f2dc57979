/**
 * @file What differs in Chinese: numerals and scales (`三百二十`, `1.2亿元`), dates (`1962年7月5日`, `二〇〇一年`) and headings
 * (`第三章`). Names are in `names/chinese-names.ts`.
 */
import type { Span } from '../document.ts';
import { type DateMention, isoOf, precisionOf } from './dates.ts';
import { foldWidth } from './fold-width.ts';
import type { NumberMention } from './numbers.ts';

/** Whether a text has any Chinese character: one is enough. */
export const hasHan = (text: string): boolean => maybeHan.test(text) && /\p{Script=Han}/u.test(text);
/** All of that script and more; one range of code units is looked for faster. */
const maybeHan = /[\u2e80-\udfff\uf900-\ufaff]/;

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };

/**
 * A whole number in numerals, in digits with scales, or in both: `三百二十`, `1万2千`, `1.2亿`. Undefined for what is none.
 *
 * @example chineseNumber('三百二十') // 320
 */
export function chineseNumber(numeral: string): number | undefined {
  if (/^[零〇一二三四五六七八九]{2,}$/.test(numeral))
    return Number([...numeral].map((digit) => digits[digit]).join(''));
  let [total, section, digit] = [0, 0, 0];
  for (const [token] of numeral.matchAll(/\d+(?:,\d{3})*(?:\.\d+)?|[^\d]/g)) {
    const scale = scales[token];
    if (scale === undefined) {
      const value = digits[token] ?? Number(token.replaceAll(',', ''));
      if (!Number.isFinite(value)) return undefined;
      digit = value;
    } else if (scale < 1e4) {
      section += (digit === 0 ? 1 : digit) * scale;
      digit = 0;
    } else {
      // 亿 multiplies all before it (一万亿), 万 only what follows the last 亿.
      total = scale === 1e4 ? total + (section + digit) * scale : (total + section + digit) * scale;
      [section, digit] = [0, 0];
    }
  }
  return total + section + digit;
}

const numeral = '[零〇一二两三四五六七八九十百千万亿]';
const arabic = '\\d+(?:,\\d{3})*(?:\\.\\d+)?';
const units =
  '平方公里|平方米|立方米|公里|千米|厘米|毫米|米|公斤|千克|克|斤|公吨|吨|升|美元|欧元|日元|港元|英镑|马克|法郎|元|%|℃|摄氏度|度|年|个月|天|小时|分钟|秒|岁|人|户|名|个|次|倍|项|件|台|辆|亩|公顷|千瓦|海里|丈|石(?![头桥拱料板子块灰油])';
/** A share, or a number in digits with scales, or one in numerals. */
const numberPattern = new RegExp(
  `([百千])分之(${arabic}|${numeral}+)|(?:((?:(?<![\\w.)）])[-−])?${arabic}(?:(?:[万亿百]|千(?![克米瓦卡赫帕伏]))+(?:\\d{1,4}(?=[万千百]))?)*)|(?<!第)((?![百千万亿])${numeral}{2,}(?![克米瓦卡赫帕伏])))[多余]?(?:(?<=\\d) (?=\\p{Script=Han}))?(${units})?`,
  'gu',
);

/** Numbers with a Chinese scale or unit behind them, or in Chinese numerals with a unit; plain digits are `findNumbers`'s. */
export function chineseNumbers(text: string): NumberMention[] {
  const found: NumberMention[] = [];
  for (const match of foldWidth(text).matchAll(numberPattern)) {
    const [whole, part, share, written = '', numerals = '', counted] = match;
    const wording = share ?? (written || numerals);
    const unit = part === undefined ? counted : part === '百' ? '%' : '‰';
    if (unit === undefined && !/\d[万亿千百]/.test(written)) continue;
    // `4.1 度量`: the number of a clause.
    if (whole.includes(' ') && /(?:^|\n)[\s#*]*$/.test(text.slice(Math.max(0, match.index - 8), match.index))) continue;
    // `2020 年 1 月`
    if (/^(?:1[5-9]|20)\d\d 年$/.test(whole)) continue;
    const sign = /^[-−]/.test(wording) ? -1 : 1;
    const size = chineseNumber(wording.replace(/^[-−]/, ''));
    if (size === undefined) continue;
    const value = sign * size;
    // Digits as they stand, where there is one run of them.
    const plain =
      /^[-−]?\d[\d,.]*(?=[万亿千百]*$)/.exec(wording)?.[0].replaceAll(',', '').replace('−', '-') ?? String(value);
    found.push({ value, digits: plain, unit, span: { start: match.index, end: match.index + whole.length } });
  }
  return found;
}

const datePattern = new RegExp(
  `(公元前|前)?(?<!\\d)(\\d{4}|(?<=前)\\d{1,3}|[一二三四五六七八九〇零]{4}|(?<=前)(?!两)${numeral}{1,5}) ?年(?: ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?月(?: ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?[日号])?)?` +
    '|(?<![\\d年])(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?月 ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]',
  'g',
);

/** `1962年7月5日`, `2025 年 6 月`, `二〇〇一年三月`, `1962年`, `公元前221年`, `5月3日`. */
export function chineseDates(text: string): DateMention[] {
  const part = (token: string | undefined): number | undefined =>
    token === undefined ? undefined : /\d/.test(token) ? Number(token) : chineseNumber(token);
  return [...foldWidth(text).matchAll(datePattern)].flatMap((match): DateMention[] => {
    const [whole, before, stated, month, day, ofYear, ofMonth] = match;
    const year = part(stated);
    const parts = {
      year: year === undefined || before === undefined ? year : 1 - year,
      month: part(month ?? ofYear),
      day: part(day ?? ofMonth),
    };
    const iso = isoOf(parts);
    if (iso === undefined) return [];
    return [{ iso, precision: precisionOf(parts), span: { start: match.index, end: match.index + whole.length } }];
  });
}

/** The sentences of one paragraph. A closing quotation mark belongs to the sentence that it ends. */
export function chineseSentences(text: string, paragraph: Span): Span[] {
  const spans: Span[] = [];
  let start = paragraph.start;
  const push = (end: number): void => {
    const piece = text.slice(start, end);
    const lead = piece.length - piece.trimStart().length;
    if (piece.trim() !== '') spans.push({ start: start + lead, end: start + lead + piece.trim().length });
    start = end;
  };
  for (const match of text.slice(paragraph.start, paragraph.end).matchAll(/(?:[。！？；]|……)[”’」』）]*/g))
    push(paragraph.start + match.index + match[0].length);
  push(paragraph.end);
  return spans;
}
