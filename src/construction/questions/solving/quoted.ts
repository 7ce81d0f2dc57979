/** @file Gate g1: how solvers find quoted words: white space and marks of emphasis do not count. */

/** A text in one line, as quotations are. */
export const flat = (text: string): string =>
  text
    .replace(/\*\*|`/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\*(?=\S)([^*]{1,82})(?<=\S)\*/g, '$1')
    .trim();

/** Number words of English up to a hundred, and of Chinese. */
const small =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const tens: Readonly<Record<string, number>> = { thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 };
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
const places: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

function chineseNumber(words: string): number {
  let [all, part, digit] = [0, 0, 0];
  for (const sign of words) {
    if (digits[sign] !== undefined) digit = digits[sign] ?? 0;
    else if (sign === '万') {
      all += (part + digit) * 10_000;
      [part, digit] = [0, 0];
    } else {
      part += (digit === 0 ? 1 : digit) * (places[sign] ?? 1);
      digit = 0;
    }
  }
  return all + part + digit;
}

/** `thirty`, `1,204.5`, `三十`, `12万`. */
export function numberOf(words: string): number {
  const bare = words.toLowerCase().trim();
  if (/^[\d,.]+$/.test(bare)) return Number(bare.replaceAll(',', ''));
  const scaled = /^([\d,.]+)\s*(万|亿)$/.exec(bare);
  if (scaled !== null) return Number((scaled[1] ?? '').replaceAll(',', '')) * (scaled[2] === '万' ? 1e4 : 1e8);
  if (/^\p{Script=Han}+$/u.test(bare)) return chineseNumber(bare);
  const at = small.indexOf(bare);
  return at >= 0 ? at + 1 : (tens[bare] ?? Number.NaN);
}

/** Kinds of figures that clauses state. */
export type FigureKind = 'period' | 'money' | 'percentage';

const word = `(?:\\d[\\d,]*(?:\\.\\d+)?|\\b(?:${[...small, ...Object.keys(tens)].join('|')})\\b)`;
const han = '(?:[零〇一二两三四五六七八九十百千万]+|\\d[\\d,.]*\\s*[万亿]?)';
const patterns: Readonly<Record<FigureKind, RegExp>> = {
  period: new RegExp(
    `(${word})[ -](?:Business |business |working |calendar |running )?(minute|hour|day|week|month|year|Day)s?\\b|(${han})\\s?(分钟|小时|个工作日|工作日|日|天|个月|年)(?!\\d|[级度])`,
    'giu',
  ),
  money: new RegExp(
    `[£$€¥]\\s?(\\d[\\d,]*(?:\\.\\d+)?)(?!\\s?(?:m|bn|k|million|billion|thousand)\\b)|(${han})\\s?(元)`,
    'giu',
  ),
  percentage: new RegExp(`(${word})\\s?(?:per cent|percent|%)|(百分之${han})`, 'giu'),
};

/** A figure as it stands, with its number and its unit in one form. */
export interface ShownFigure {
  readonly text: string;
  readonly value: number;
  readonly unit: string;
}

/** All figures of a kind in a text. */
export function figuresIn(text: string, kind: FigureKind): ShownFigure[] {
  return [...text.matchAll(patterns[kind])].map((match) => {
    const [whole, a, b, c, d] = match;
    const number = a ?? (kind === 'period' ? c : b) ?? '';
    return {
      text: whole,
      value: numberOf(number.replace(/^百分之/, '')),
      unit: (kind === 'period' ? (b ?? d) : whole.replace(/[\d,.\s]|^\p{Script=Han}+(?=元)/gu, '')) ?? '',
    };
  });
}
