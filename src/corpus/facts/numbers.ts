/**
 * @file Numbers with units, in English notation.
 */
import type { Span } from '../document.ts';
import { foldWidth } from './fold-width.ts';

/** A number as the text states it. */
export interface NumberMention {
  /** The number with its scale applied: `1.2 million` and `1.2M` are 1200000. */
  readonly value: number;
  /** Digits as they stand, separators removed, scale not applied: the canonical form of a plain integer. */
  readonly digits: string;
  /** `km`, `%`, `$`, `years` ...; undefined where none follows. */
  readonly unit: string | undefined;
  /** The number, its sign, scale and unit. */
  readonly span: Span;
}

/** As powers of ten: `1.07 billion` is 1.07e9 exactly. */
const scales: Readonly<Record<string, number>> = { hundred: 2, thousand: 3, million: 6, billion: 9, trillion: 12 };

/** Behind the digits. `m` and `B` are millions and billions of money only: `5m` is a length, `5B` a figure's number. */
const shortScales: Readonly<Record<string, number>> = { k: 3, K: 3, M: 6, mn: 6, bn: 9, m: 6, B: 9 };

const units = [
  'sq km|sq mi|cu km|cu m|km²|m²|m³|square kilometers|square miles|kWh|MWh|GWh|kW|MW|GW|km/h|mph|m/s|bbl/day|bbl',
  'kilometers|kilometres|km|meters|metres|mm|cm|m|miles|mi|feet|foot|ft|inches|fathoms|nm|acres|hectares|ha',
  'kilograms|kg|mg|tons|tonnes|pounds|lbs|lb|ounces|oz|barrels|gallons|liters|litres',
  '[KMGTP]i?B|kB|bytes|bits|GHz|MHz|kHz|Hz|ms|°C|°F|℃|kPa|MPa',
  'percentage points|basis points|bps|percent|per\\scent|%|dollars|cents|euros|EUR|USD|GBP|CNY|RMB|JPY',
  'years|year|months|weeks|days|hours|minutes|seconds|degrees',
].join('|');

const pattern = new RegExp(
  [
    '(?<![\\w.,])([-−]?)(?:(?:US|HK|NZ|A|C|S)?([$€£¥])\\s?)?([-−]?)',
    // Thousands set apart by blanks: where a group begins with 0, or a unit follows; else they are two columns of a table.
    `(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?: \\d{3}){0,3}? 0\\d\\d(?: \\d{3}){0,3}(?![\\d.,]\\d| \\d)|\\d{1,3}(?: \\d{3}){1,4}(?= ?(?:${units})(?![\\w/]))|\\d+(?:\\.\\d+)?)`,
    '(?:[eE]([+-]?\\d{1,2})\\b| ?[x×] ?10\\^?([-−]?\\d{1,2})\\b)?(?![\\d])',
    `(?: ?(${Object.keys(scales).join('|')})\\b|(k|K|M|mn|bn)\\b|(?<=[$€£¥][\\d.,]*) ?(m|B|bn|mn)\\b)?`,
    // A line may end before the word.
    `(?:(?: ?|\\n(?=[a-z]{4}|per\\s))(${units})(?![\\w/]))?`,
  ].join(''),
  'y',
);

/** Signs before digits that belong to a number; behind a currency's one blank may stand. */
const leads = new Set([...'-−$€£¥'].map((mark) => mark.charCodeAt(0)));
const isWhite = (code: number): boolean =>
  code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x3000;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Of `HK$ -`, which may stand before digits. */
const longestLead = 5;

/** The match of the pattern whose digits begin here: the longest lead is tried first. */
function numberAt(text: string, digit: number, from: number): RegExpExecArray | null {
  const before = text.charCodeAt(digit - 1);
  const led = leads.has(before) || (isWhite(before) && leads.has(text.charCodeAt(digit - 2)));
  for (let start = led ? Math.max(from, digit - longestLead) : digit; start <= digit; start++) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return null;
}

/** All matches of the pattern: it is asked only where digits begin, which a loop finds faster than it does. */
function* numbersIn(text: string): Generator<RegExpExecArray> {
  let done = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isDigit(text.charCodeAt(i))) continue;
    const match = i < done ? null : numberAt(text, i, done);
    if (match !== null) {
      done = match.index + match[0].length;
      i = Math.max(i, done - 1);
      yield match;
    } else while (isDigit(text.charCodeAt(i + 1))) i++;
  }
}

/**
 * Every number of the text, dates included.
 *
 * @example findNumbers('a coast of 1,204 km')[0] // { value: 1204, digits: '1204', unit: 'km', span: { start: 11, end: 19 } }
 */
export function findNumbers(text: string): NumberMention[] {
  const found: NumberMention[] = [];
  for (const match of numbersIn(foldWidth(text))) {
    const [whole, before, currency, after, number = '', e, power, word = '', short = '', money = ''] = match;
    const unit = match[10]?.replace('\n', ' ') ?? currency;
    const stated = (e ?? power ?? '0').replace('−', '-');
    const digits = `${before || after ? '-' : ''}${number.replace(/[, ]/g, '')}`;
    const exponent = Number(stated) + (scales[word] ?? shortScales[short || money] ?? 0);
    found.push({
      value: Number(`${digits}e${exponent}`),
      digits: e === undefined ? digits : `${digits}e${stated}`,
      unit,
      span: { start: match.index, end: match.index + whole.length },
    });
  }
  return found;
}
