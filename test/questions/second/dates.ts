/** @file Days as texts write them, and what lies between them. */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = '(January|February|March|April|May|June|July|August|September|October|November|December)';
const digits = '〇一二三四五六七八九';

/** A date as precise as it is told. */
export interface When {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

const numbered = (text = ''): number => months.indexOf(text.slice(0, 3).toLowerCase()) + 1;

/** 二〇二三 and 一九八六, digit by digit. */
const westernised = (text: string): string =>
  text.replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) =>
    [...year.replaceAll('零', '〇')].map((digit) => digits.indexOf(digit)).join(''),
  );

const forms: readonly [RegExp, (found: RegExpExecArray) => When][] = [
  [/(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?/g, ([, y, m, d]) => whenOf(y, Number(m ?? 0), d)],
  [/\b(\d{4})-(\d\d)-(\d\d)\b/g, ([, y, m, d]) => whenOf(y, Number(m), d)],
  [new RegExp(`(?<!\\d\\.)\\b(\\d{1,2}) ${month},? (\\d{4})\\b`, 'g'), ([, d, m, y]) => whenOf(y, numbered(m), d)],
  [new RegExp(`\\b${month} (\\d{1,2}),? (\\d{4})\\b`, 'g'), ([, m, d, y]) => whenOf(y, numbered(m), d)],
  [new RegExp(`(?<!\\d )\\b${month},? (\\d{4})\\b`, 'g'), ([, m, y]) => whenOf(y, numbered(m))],
];

function whenOf(year = '', monthNumber = 0, day?: string): When {
  return {
    year: Number(year),
    ...(monthNumber === 0 ? {} : { month: monthNumber }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

/** All dates of a text with a year, in the order of the forms; a year alone counts where nothing else is found. */
export function datesIn(text: string): When[] {
  const plain = westernised(text);
  const found = forms.flatMap(([pattern, read]) =>
    [...plain.matchAll(pattern)].map((match) => read(match as RegExpExecArray)),
  );
  if (found.length > 0) return found;
  return [...plain.matchAll(/(?<![\d,.£$€-])(1[5-9]\d\d|20\d\d)(?![\d,%]|\.\d)/g)].map(([, year]) => whenOf(year));
}

/** Days since 1970 of the first day that a date may mean. */
export const dayOf = ({ year, month: m = 1, day = 1 }: When): number => Date.UTC(year, m - 1, day) / 86_400_000;
