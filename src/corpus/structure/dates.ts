/**
 * @file Dates in English notation: `5 July 1962`, `July 5, 1962`, `1962-07-05`, `July 1962`, `1962`.
 */
import type { Span } from '../document.ts';

export interface DateMention {
  /** `1962-07-05`, `1962-07` or `1962`: as exact as the text is. */
  readonly iso: string;
  readonly precision: 'day' | 'month' | 'year';
  readonly span: Span;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const month = `(${months.join('|')})`;
const patterns: readonly { readonly pattern: RegExp; readonly parts: readonly ('year' | 'month' | 'day')[] }[] = [
  { pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? ${month},? (\\d{4})\\b`, 'g'), parts: ['day', 'month', 'year'] },
  { pattern: new RegExp(`\\b${month} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'g'), parts: ['month', 'day', 'year'] },
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g, parts: ['year', 'month', 'day'] },
  { pattern: new RegExp(`\\b${month},? (\\d{4})\\b`, 'g'), parts: ['month', 'year'] },
  { pattern: /(?<![\d,.$-])\b(1[0-9]\d{2}|20\d{2})\b(?![\d,.]\d| (?:km|m|sq|feet|miles|tons))/g, parts: ['year'] },
];

/** Undefined for a day that its month lacks. */
function isoOf(year: number, monthNumber: number | undefined, day: number | undefined): string | undefined {
  const padded = String(year).padStart(4, '0');
  if (monthNumber === undefined) return padded;
  if (monthNumber < 1 || monthNumber > 12) return undefined;
  const upToMonth = `${padded}-${String(monthNumber).padStart(2, '0')}`;
  if (day === undefined) return upToMonth;
  const last = new Date(Date.UTC(year, monthNumber, 0)).getUTCDate();
  return day < 1 || day > last ? undefined : `${upToMonth}-${String(day).padStart(2, '0')}`;
}

/** Characters; a date has at most 30. */
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
  for (const { pattern, parts } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const part = (name: 'year' | 'month' | 'day'): number | undefined => {
        const value = match[parts.indexOf(name) + 1];
        if (!parts.includes(name) || value === undefined) return undefined;
        return months.includes(value) ? months.indexOf(value) + 1 : Number(value);
      };
      const iso = isoOf(part('year') ?? 0, part('month'), part('day'));
      const span = { start: match.index, end: match.index + match[0].length };
      if (iso === undefined || !free(span)) continue;
      const precision = parts.length === 3 ? 'day' : parts.length === 2 ? 'month' : 'year';
      take(span);
      found.push({ iso, precision, span });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}
