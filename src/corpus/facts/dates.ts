/**
 * @file Dates in English notation: `5 July 1962`, `July 5, 1962`, `Jan. 5, 1962`, `1962-07-05`, `31/12/1962`, `July 1962`, `12 May`, `1962`.
 */
import type { Span } from '../document.ts';
import { foldWidth } from './fold-width.ts';

/** A date as the text states it. */
export interface DateMention {
  /**
   * ISO 8601, as exact as the text is: `1962-07-05`, `1962-07`, `1962`; `--07-05` where it states no year; before Christ with the
   * year 0 that the calendar lacks, so that 221 BC is `-0220`.
   */
  readonly iso: string;
  readonly precision: 'day' | 'month' | 'year' | 'day-without-year';
  readonly span: Span;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month =
  '(?<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)';
/** The last part of a section's or version's number is no day: `4.13.1 July 2000`. */
const day = '(?<!\\d\\.)(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?<year>\\d{4})\\b';

/** Verbs and other words in -s that no number counts. */
const uncounted =
  'was|has|is|its|his|this|as|us|does|thus|always|across|perhaps|towards|besides|whereas|plus|less|versus';
/** What a number counts is no year and no day: `1500 people`, `1800 ships`. */
const counting = `(?! (?:people|persons|men|women|children|sheep|cattle|km|m|sq|feet|miles|tons)\\b| (?!(?:${uncounted})\\b)[a-z]{3,}s\\b)`;

/** `the ninth of March, 1823` */
const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  );

const writtenOut = new RegExp(
  `\\b(?<ordinal>${[...ordinals].reverse().join('|')}) (?:day )?of ${month},? ${year}`,
  'g',
);

/** The more exact ones first. */
const patterns: readonly RegExp[] = [
  new RegExp(`\\b${day} (?:of )?${month},? ${year}`, 'g'),
  writtenOut,
  new RegExp(`\\b${month} ${day},? ${year}`, 'g'),
  /\b(?<year>\d{4})([-/])(?<month>\d{1,2})\2(?<day>\d{1,2})\b/g,
  /(?<![\d./])(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})\b/g,
  // Day and month, or month and day: told by the one that is above 12.
  /(?<![\d/.])(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})\b/g,
  new RegExp(`\\b${month},? ${year}`, 'g'),
  /(?<![\d,.$])\b(?<before>\d{1,4}) (?:BC|BCE|B\.C\.)/g,
  new RegExp(`\\b${day} (?:of )?${month}(?!\\w)`, 'g'),
  new RegExp(`\\b${month} ${day}(?![\\w,.]*\\d|\\w)${counting}`, 'g'),
  new RegExp(
    `(?<![\\d,.$£€-]|[\\u4e00-\\u9fff，。、；：])\\b(?<year>1[0-9]\\d{2}|20\\d{2})\\b(?![\\d,.]\\d|\\s?[\\u4e00-\\u9fff]|[，。、；：])${counting}`,
    'g',
  ),
];

/** What a date states; months from 1, years before Christ from 0 down. */
export interface DateParts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

function partsOf(groups: Readonly<Record<string, string | undefined>>): DateParts {
  const number = (name: string): number | undefined => (groups[name] === undefined ? undefined : Number(groups[name]));
  const [first, second] = [number('first'), number('second')];
  const before = number('before');
  const named = months.indexOf((groups.month ?? '').slice(0, 3).toLowerCase());
  const parts = {
    year: before === undefined ? number('year') : 1 - before,
    month: named < 0 ? number('month') : named + 1,
    day: groups.ordinal === undefined ? number('day') : ordinals.indexOf(groups.ordinal) + 1,
  };
  if (first === undefined || second === undefined) return parts;
  if (first > 12 || first === second) return { ...parts, month: second, day: first };
  return second > 12 ? { ...parts, month: first, day: second } : parts;
}

/** Undefined for a day that its month lacks. */
export function isoOf({ year, month, day }: DateParts): string | undefined {
  const padded = year === undefined ? '-' : `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  if (month === undefined) return padded;
  if (month < 1 || month > 12) return undefined;
  const upToMonth = `${padded}-${String(month).padStart(2, '0')}`;
  if (day === undefined) return upToMonth;
  // A leap year where none is stated.
  const last = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
  return day < 1 || day > last ? undefined : `${upToMonth}-${String(day).padStart(2, '0')}`;
}

/** What a valid date states. */
export function precisionOf({ year, month, day }: DateParts): DateMention['precision'] {
  if (year === undefined) return 'day-without-year';
  if (month === undefined) return 'year';
  return day === undefined ? 'month' : 'day';
}

/** In front of the month of a day that is written out. */
const ofMonth = / of [JFMASOND]/;

/** Characters; a date has at most 40. */
const blockSize = 256;

/** All dates in text order; a more exact reading of a place wins over a less exact one. */
export function findDates(text: string): DateMention[] {
  const found: DateMention[] = [];
  // The ends of what is found, by the blocks it touches: a date is shorter than a block, so a neighbour is found at once.
  const blocks = new Map<number, Span[]>();
  const near = (span: Span): number[] => [Math.floor(span.start / blockSize), Math.floor(span.end / blockSize)];
  const free = (span: Span): boolean =>
    !near(span).some((block) => blocks.get(block)?.some((other) => span.start < other.end && other.start < span.end));
  const take = (span: Span): void => {
    for (const block of new Set(near(span))) blocks.set(block, [...(blocks.get(block) ?? []), span]);
  };
  const folded = foldWidth(text);
  for (const pattern of patterns) {
    if (pattern === writtenOut && !ofMonth.test(folded)) continue;
    for (const match of folded.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (!free(span)) continue;
      // What is no date as a whole is none in part: no `1999` of `March 32, 1999`.
      take(span);
      const parts = partsOf(match.groups ?? {});
      const iso = isoOf(parts);
      if (iso !== undefined) found.push({ iso, precision: precisionOf(parts), span });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
