/**
 * @file Dates and clock times in English, Chinese and digits. `03/05/2024` is ambiguous until the question or the gold says
 * which number is the month.
 */
import type { Context } from './context.ts';
import type { CalendarDate, ClockTime } from './value.ts';

const names = 'january february march april may june july august september october november december'.split(' ');
const monthPattern = `(${names.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const weekday = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\\s+)?';
const weekdayFirst =
  /^(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:星期|周)[一二三四五六日天])[,，]?\s*)(?=\d)/i;
const anchored = (body: string): RegExp =>
  new RegExp(`^(?:on\\s+|in\\s+)?(?:the\\s+)?${weekday}(?:the\\s+)?${body}\\.?$`, 'i');

const monthDayYear = anchored(`${monthPattern}\\s+(?:the\\s+)?${day}(?:,?\\s+(?:of\\s+)?(\\d{4}))?`);
const dayMonthYear = anchored(`${day}\\s+(?:day\\s+)?(?:of\\s+)?${monthPattern}(?:,?\\s+(?:of\\s+)?(\\d{4}))?`);
const monthYear = anchored(`${monthPattern},?\\s+(?:of\\s+)?(\\d{4})`);
const yearFirst = /^(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const han =
  /^(?:公元)?(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:份)?(?:\s*(\d{1,2})\s*[日号])?(?:\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)?$/;

const monthOf = (name: string): number =>
  names.findIndex((full) => full.startsWith(name.slice(0, 3).toLowerCase())) + 1;
const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function valid(date: CalendarDate): CalendarDate | undefined {
  const { month = 1, day: inMonth = 1 } = date;
  return month >= 1 && month <= 12 && inMonth >= 1 && inMonth <= 31 ? date : undefined;
}

/** A whole text as a date; undefined for anything else. `dateOrder` settles `03/05/2024`. */
export function readDate(source: string, context: Pick<Context, 'dateOrder'>): CalendarDate | undefined {
  const text = source.trim().replace(weekdayFirst, '');
  if (text.length > 60 || !/\d/.test(text)) return undefined;
  let match = yearFirst.exec(text);
  if (match !== null)
    return valid({ type: 'date', year: number(match[1]), month: number(match[3]), day: number(match[4]) });
  match = yearLast.exec(text);
  if (match !== null) return slashed(Number(match[1]), Number(match[3]), Number(match[4]), context.dateOrder);
  match = han.exec(text);
  if (match !== null)
    return valid({ type: 'date', year: number(match[1]), month: number(match[2]), day: number(match[3]) });
  match = monthDayYear.exec(text);
  if (match !== null)
    return valid({ type: 'date', month: monthOf(match[1] ?? ''), day: number(match[2]), year: number(match[3]) });
  match = dayMonthYear.exec(text);
  if (match !== null)
    return valid({ type: 'date', day: number(match[1]), month: monthOf(match[2] ?? ''), year: number(match[3]) });
  match = monthYear.exec(text);
  return match === null ? undefined : { type: 'date', month: monthOf(match[1] ?? ''), year: number(match[2]) };
}

function slashed(a: number, b: number, year: number, order: Context['dateOrder']): CalendarDate | undefined {
  if (a > 12 || order === 'day-first') return valid({ type: 'date', day: a, month: b, year });
  if (b > 12 || order === 'month-first' || a === b) return valid({ type: 'date', month: a, day: b, year });
  return valid({ type: 'date', month: a, day: b, year, ambiguous: true });
}

/** A year that the gold leaves out is free; one that it states must be stated. */
export function sameDate(gold: CalendarDate, answer: CalendarDate): boolean {
  // An ambiguous form equals its like; against a stated date it decides nothing.
  if (gold.ambiguous !== answer.ambiguous) return false;
  if (gold.month !== answer.month || gold.day !== answer.day) return false;
  return gold.year === undefined || gold.year === answer.year;
}

const clock =
  /^(?:at\s+)?(?:about\s+)?(\d{1,2})\s*[:.]\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*(?:([ap])\.?\s*m\.?|(?:o'clock)?\s*(?:in the (morning|afternoon|evening)|at (night))|h(?:ours|rs)?)?$/i;
const hourOnly =
  /^(?:at\s+)?(\d{1,2})\s*(?:(?:o'clock\s*)?(?:([ap])\.?\s*m\.?|in the (morning|afternoon|evening)|at (night))|o'clock)$/i;
const hanClock =
  /^(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里)?\s*(\d{1,2})\s*[点时:]\s*(?:(半|整|(\d)刻)|(\d{1,2})\s*分?)?(?:\s*(\d{1,2})\s*秒)?(?:钟)?$/;
const hanAfternoon = new Set(['下午', '傍晚', '晚上', '夜里']);

function time(hour: number, minute: number, second: number, half?: 'am' | 'pm'): ClockTime | undefined {
  if (hour > 24 || minute > 59 || second > 59) return undefined;
  if (half === undefined || hour > 12)
    return {
      type: 'time',
      hour,
      minute,
      second,
      half: hour > 12 || hour === 0 ? (hour >= 12 ? 'pm' : 'am') : undefined,
    };
  return { type: 'time', hour: (hour % 12) + (half === 'pm' ? 12 : 0), minute, second, half };
}

const halfOf = (
  letter: string | undefined,
  part: string | undefined,
  night: string | undefined,
): 'am' | 'pm' | undefined => {
  if (letter !== undefined) return letter.toLowerCase() === 'a' ? 'am' : 'pm';
  if (night !== undefined) return 'pm';
  return part === undefined ? undefined : part.toLowerCase() === 'morning' ? 'am' : 'pm';
};

/** A whole text as a time of day; undefined for anything else, such as `3.45` without am or pm. */
export function readTime(source: string): ClockTime | undefined {
  const text = source.trim();
  if (text.length > 40) return undefined;
  if (/^(?:12\s*)?(?:noon|midday|中午12点|正午)$/i.test(text)) return time(12, 0, 0, 'pm');
  if (/^(?:12\s*)?(?:midnight|午夜)$/i.test(text)) return time(12, 0, 0, 'am');
  let match = clock.exec(text);
  if (match !== null) {
    // A leading zero is a clock of 24 hours.
    const half = halfOf(match[4], match[5], match[6]) ?? (/^0\d/.test(match[1] ?? '') ? 'am' : undefined);
    // 3.45 without am or pm is a number.
    if (!text.includes(':') && half === undefined) return undefined;
    return time(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), half);
  }
  match = hourOnly.exec(text);
  if (match !== null) return time(Number(match[1]), 0, 0, halfOf(match[2], match[3], match[4]));
  match = hanClock.exec(text);
  if (match === null || !/[点时]|[上下中]午|晚上|早上/.test(text)) return undefined;
  const minute = match[3] === '半' ? 30 : match[4] !== undefined ? 15 * Number(match[4]) : Number(match[5] ?? 0);
  const half = match[1] === undefined ? undefined : hanAfternoon.has(match[1]) || match[1] === '中午' ? 'pm' : 'am';
  return time(Number(match[2]), minute, Number(match[6] ?? 0), half);
}

/** A half of the day that the gold states must be stated; one that only the answer states adds to it. */
export function sameTime(gold: ClockTime, answer: ClockTime): boolean {
  if (gold.minute !== answer.minute || gold.second !== answer.second) return false;
  if (gold.half === undefined || answer.half === undefined)
    return (
      gold.hour === answer.hour || (gold.half === undefined && answer.half === 'pm' && gold.hour + 12 === answer.hour)
    );
  return gold.hour % 24 === answer.hour % 24;
}
