/**
 * @file Dates and Chinese numerals in one form each: `14 June 1887`, `June 14th, 1887` and `1887年6月14日` are 1887-06-14,
 * `第三章` is `第3章`. Numerals are read only where a counter stands beside them: 三 in a name stays.
 */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const monthHint = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i;
const dayFirst = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? ${month}(?:,? ?(?:of )?(\\d{4}))?(?!\\d)`,
  'gi',
);
const monthFirst = new RegExp(`\\b${month} (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (\\d{4}))?(?!\\d)`, 'gi');
const yearFirst = /(?<![\d.-])(\d{4})(?:-|\/|\.|年 ?)(\d{1,2})(?:-|\/|\.|月 ?)(\d{1,2})(?: ?[日号])?(?![\d.-]\d|\d)/g;

const two = (value: string | number): string => String(value).padStart(2, '0');
const monthNumber = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const dateOf = (year: string | undefined, m: number, day: string): string =>
  year === undefined ? `${two(m)}-${two(day)}` : `${year}-${two(m)}-${two(day)}`;

const yearLast = /(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\d])/g;

/** `3.5.1921` has the day first; `3/5/1921` is read only where one number can be no month. */
function dayOrMonth(whole: string, first: string, mark: string, second: string, year: string): string {
  const [a, b] = [Number(first), Number(second)];
  if (a > 31 || b > 31 || (a > 12 && b > 12)) return whole;
  if (b > 12) return dateOf(year, a, second);
  return mark === '.' || a > 12 || a === b ? dateOf(year, b, first) : whole;
}

const small =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const wordNumber = new RegExp(
  `^(?:(${tens.join('|')})(?:[- ](${small.slice(1, 10).join('|')}))?|(${small.join('|')}))[.!]?$`,
  'i',
);

/** A text that is one number in words, as digits. */
function numberInWords(text: string): string {
  const match = text.length > 24 ? null : wordNumber.exec(text.trim());
  if (match === null) return /^[一二三四五六七八九十百千两]{2,8}$/.test(text.trim()) ? numeral(text.trim()) : text;
  const [, ten, unit, low] = match;
  if (low !== undefined) return String(small.indexOf(low.toLowerCase()));
  return String(
    10 * (tens.indexOf((ten ?? '').toLowerCase()) + 2) + (unit === undefined ? 0 : small.indexOf(unit.toLowerCase())),
  );
}

function isoDates(text: string): string {
  let open = text;
  if (monthHint.test(open)) {
    open = open
      .replace(dayFirst, (_, day: string, name: string, year?: string) => dateOf(year, monthNumber(name), day))
      .replace(monthFirst, (_, name: string, day: string, year?: string) => dateOf(year, monthNumber(name), day));
  }
  if (/\d[./]\d{1,2}[./]\d{4}/.test(open)) open = open.replace(yearLast, dayOrMonth);
  return open.replace(yearFirst, (whole, year: string, m: string, day: string) =>
    Number(m) <= 12 && Number(day) <= 31 ? dateOf(year, Number(m), day) : whole,
  );
}

const digits = '〇零一二三四五六七八九';
const value = new Map([...digits].map((char, i) => [char, i < 2 ? 0 : i - 1]));
value.set('两', 2);
const units = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

function numeral(text: string): string {
  if (![...text].some((char) => units.has(char))) return [...text].map((char) => value.get(char) ?? char).join('');
  let total = 0;
  let digit = -1;
  for (const char of text) {
    const unit = units.get(char);
    if (unit === undefined) digit = value.get(char) ?? 0;
    else {
      total += (digit < 0 ? 1 : digit) * unit;
      digit = -1;
    }
  }
  return String(total + Math.max(0, digit));
}

const run = '[〇零一二三四五六七八九十百千两]';
const counters =
  '[年月日号章段节条页卷层名个户米元岁次回期届万亿人批组题站点根件辆台栋间篇则世位%]|公里|千米|分钟|小时|厘米|平方';
const ordinal = new RegExp(
  `第(${run}{1,8})|(${run}{1,12})(?=${counters})|(?<!${run})([〇零一二三四五六七八九]{4,})(?!${run})`,
  'g',
);
const hasNumeral = /[〇零一二三四五六七八九十百千两]/;

const arabic = (text: string): string =>
  hasNumeral.test(text)
    ? text.replace(ordinal, (_, after?: string, before?: string, plainRun?: string) =>
        after === undefined ? numeral(before ?? plainRun ?? '') : `第${numeral(after)}`,
      )
    : text;

const perUnit =
  /(?<=\p{L}) per (lit(?:re|er)|hour|second|minute|day|year|month|week|met(?:re|er)|kilogram|mole|gram)s?\b/giu;
const perSymbol: Readonly<Record<string, string>> = {
  hour: 'h',
  second: 's',
  minute: 'min',
  kilogram: 'kg',
  gram: 'g',
};

const rates = (text: string): string =>
  text.includes(' per ')
    ? text.replace(perUnit, (_, unit: string) => {
        const name = unit.toLowerCase();
        return `/${perSymbol[name] ?? (name.startsWith('lit') ? 'l' : name.startsWith('met') ? 'm' : name)}`;
      })
    : text;

/** The text with its dates as `2024-03-05` and its counted Chinese numerals as digits, `mg per litre` as `mg/l`. */
export const datesAndNumerals = (text: string): string =>
  /\d|[〇一-龥]/.test(text) ? rates(isoDates(arabic(numberInWords(text)))) : numberInWords(text);
