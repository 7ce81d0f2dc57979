/** @file Finds an event in the shown text by its words and reads the date of its sentence. Has its own reading of dates. */
import type { ShownDocument } from '../../read-prompt.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const digits = '〇一二三四五六七八九';

/** `一九五八`, `十二`, `二十一`. */
function chineseNumber(text: string): number {
  const plain = text.replace(/零/g, '〇');
  if (!plain.includes('十')) return Number([...plain].map((char) => digits.indexOf(char)).join(''));
  const [tens = '', ones = ''] = plain.split('十');
  return 10 * (tens === '' ? 1 : digits.indexOf(tens)) + (ones === '' ? 0 : digits.indexOf(ones));
}

const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : chineseNumber(text));
const two = (value: number): string => String(value).padStart(2, '0');

/** A date as it stands in a text. */
export interface ShownDate {
  readonly iso: string;
  readonly words: string;
}

const name = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?';
const monthOf = (word: string): string => two(months.indexOf(word.slice(0, 3).toLowerCase()) + 1);

const readers: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    new RegExp(`(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${name},? (\\d{4})`, 'g'),
    ([, d = '', m = '', y = '']) => `${y}-${monthOf(m)}-${two(Number(d))}`,
  ],
  [
    new RegExp(`${name} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`, 'g'),
    ([, m = '', d = '', y = '']) => `${y}-${monthOf(m)}-${two(Number(d))}`,
  ],
  [/(\d{4})[-/](\d{1,2})[-/](\d{1,2})/g, ([, y = '', m = '', d = '']) => `${y}-${two(Number(m))}-${two(Number(d))}`],
  [
    /(\d{4}|[〇零一二三四五六七八九]{4})\s?年\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号]/g,
    ([, y = '', m = '', d = '']) => `${numberOf(y)}-${two(numberOf(m))}-${two(numberOf(d))}`,
  ],
  [
    /(\d{4}|[〇零一二三四五六七八九]{4})\s?年\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月/g,
    ([, y = '', m = '']) => `${numberOf(y)}-${two(numberOf(m))}`,
  ],
  [new RegExp(`${name},? (\\d{4})`, 'g'), ([, m = '', y = '']) => `${y}-${monthOf(m)}`],
  [/(\d{4}|[〇零一二三四五六七八九]{4})\s?年/g, ([, y = '']) => String(numberOf(y))],
  [/\b(1\d{3}|20\d\d)\b/g, ([, y = '']) => y],
];

/** All dates of a text, the more exact reading of each. */
export function datesIn(text: string): ShownDate[] {
  let left = text;
  const found: { at: number; date: ShownDate }[] = [];
  for (const [pattern, iso] of readers) {
    const matches = [...left.matchAll(pattern)];
    for (const match of matches) {
      const words = match[0];
      found.push({ at: match.index, date: { iso: iso(match as RegExpExecArray), words } });
      left = left.slice(0, match.index) + ' '.repeat(words.length) + left.slice(match.index + words.length);
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ date }) => date);
}

/** Words between two pieces of one sentence, at most. */
const gap = 60;
const sentenceEnd = /[。！？]|[.!?;；]["”’)\]]*\s/g;

/** The sentence from the last stop before the words to the first one behind them. */
function around(text: string, start: number, end: number): string {
  const lead = text.slice(Math.max(0, start - 120), start);
  const stops = [...lead.matchAll(sentenceEnd)].filter(
    ({ index }) =>
      !/(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])$/.test(lead.slice(0, index)),
  );
  const stop = stops.at(-1);
  const from = stop === undefined ? 0 : stop.index + stop[0].length;
  const rest = text.slice(end, end + 120);
  const next = rest.search(/[。！？]|[.!?]["”’)\]]*(?:\s|$)/);
  return `${lead.slice(from)}${text.slice(start, end)}${next < 0 ? rest : rest.slice(0, next)}`;
}

/** The date of the only sentence with these words; undefined where there is none, or not one. */
export function dateOf(
  documents: readonly ShownDocument[],
  told: string,
): (ShownDate & { readonly document: ShownDocument; readonly at: number }) | undefined {
  // The first letter may be a capital of the question, and so may the full stop.
  const [first = '', second] = told
    .replace(/[.。]$/, '')
    .slice(1)
    .split('[…]')
    .map((piece) => piece.trim());
  const found = documents.flatMap((document) => {
    const text = document.text.replace(/\s+/g, ' ');
    const places: { start: number; end: number }[] = [];
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      const end = at + first.length;
      const next = second === undefined ? end : text.indexOf(second, end);
      if (next < 0 || next - end > gap) continue;
      places.push({ start: at, end: second === undefined ? end : next + second.length });
    }
    return places.map(({ start, end }) => ({
      document,
      at: start,
      dates: datesIn(around(text, Math.max(0, start - 1), end)),
    }));
  });
  const [only] = found;
  const [date] = only?.dates ?? [];
  if (only === undefined || found.length > 1 || date === undefined || only.dates.length > 1) return undefined;
  return { ...date, document: only.document, at: only.at };
}

/** Negative where the first is earlier, 0 where they cannot be told apart. */
export function compareDates(a: ShownDate, b: ShownDate): number {
  const length = Math.min(a.iso.length, b.iso.length);
  return a.iso.slice(0, length).localeCompare(b.iso.slice(0, length), 'en');
}
