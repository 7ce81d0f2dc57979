/**
 * @file Numbers with units, in English notation.
 */
import type { Span } from '../document.ts';

export interface NumberMention {
  /** The number with its scale word applied: `1.2 million` is 1200000. */
  readonly value: number;
  /** Digits as they stand, separators removed, scale not applied: the canonical form of a plain integer. */
  readonly digits: string;
  /** `km`, `%`, `$`, `years` ...; undefined where none follows. */
  readonly unit: string | undefined;
  /** The number, its sign, scale and unit. */
  readonly span: Span;
}

const scales: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

const units = [
  'sq km|sq mi|cu km|cu m|square kilometers|square miles|kWh|kW|MW|km/h|mph|bbl/day|bbl',
  'kilometers|kilometres|km|meters|metres|mm|cm|m|miles|mi|feet|foot|ft|inches|fathoms|nm|acres|hectares|ha',
  'kilograms|kg|tons|tonnes|pounds|lbs|ounces|barrels|gallons|liters|litres',
  'percent|per cent|%|dollars|cents|euros|years|year|months|weeks|days|hours|minutes|seconds|degrees',
].join('|');

const pattern = new RegExp(
  `(?<![\\w.,])([$€£]\\s?)?(-?)(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?![\\d])(?: (${Object.keys(scales).join('|')})\\b)?(?: ?(${units})(?![\\w/]))?`,
  'g',
);

/**
 * Every number of the text, dates included.
 *
 * @example findNumbers('a coast of 1,204 km')[0] // { value: 1204, digits: '1204', unit: 'km', span: { start: 11, end: 19 } }
 */
export function findNumbers(text: string): NumberMention[] {
  const found: NumberMention[] = [];
  for (const match of text.matchAll(pattern)) {
    const [whole, currency, sign, number, scale, unit] = match;
    const digits = `${sign ?? ''}${(number ?? '').replaceAll(',', '')}`;
    found.push({
      value: Number(digits) * (scale === undefined ? 1 : (scales[scale] ?? 1)),
      digits,
      unit: unit ?? currency?.trim(),
      span: { start: match.index, end: match.index + whole.length },
    });
  }
  return found;
}
