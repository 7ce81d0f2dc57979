/**
 * @file Chinese numerals (`一百七十七`, `三点五`, `五分之三`, `百分之二十`, `一亿五千万`, `3万5千`, `两个半小时`) as the digits or LaTeX that the
 * other readers take.
 */
const digits: Readonly<Record<string, number>> = Object.fromEntries(
  [...'〇一二三四五六七八九'].map((char, i) => [char, i]),
);
Object.assign(digits as Record<string, number>, {
  零: 0,
  两: 2,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
});
const steps: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const numeral = '〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟';
const numeralRun = new RegExp(`[${numeral}]+(?:点[〇零一二三四五六七八九]+)?`, 'g');

/** 亿 counts all before it, 万 what stands behind the last 亿. */
function scaledTotal(total: number, section: number, scale: '万' | '亿'): number {
  if (scale === '亿') return (total + section) * 1e8;
  return section === 0 ? total * 1e4 : total + section * 1e4;
}

/** 三万五 is 35000: a last digit right behind a step counts the next lower one. */
function colloquialStep(whole: string): number {
  const before = whole.at(-2) ?? '';
  const step = before === '万' ? 1e4 : before === '亿' ? 1e8 : (steps[before] ?? 10);
  return step / 10;
}

const stepValues: Readonly<Record<string, number>> = { 百: 100, 千: 1000 };
const mixedRun = /\d+(?:\.\d+)?[百千万亿]+(?:零?\d+(?:\.\d+)?[百千万亿]*)+/g;

/** `1亿5000万`, `3万5千`, `12万3400` as digits. */
function mixedValue(run: string): string {
  let total = 0;
  let section = 0;
  for (const [, number = '', scales = ''] of run.matchAll(/(\d+(?:\.\d+)?)([百千万亿]*)/g)) {
    let value = Number(number);
    for (const scale of scales) {
      if (scale === '万' || scale === '亿') {
        total = scaledTotal(total, section + value, scale);
        section = 0;
        value = 0;
      } else value *= stepValues[scale] ?? 1;
    }
    section += value;
  }
  return String(Math.round((total + section) * 1e4) / 1e4);
}

const halved = '小时|钟头|分钟|天|日|年|月|星期|世纪|公里|千米|米|斤|公斤|千克|吨|升|元|岁';
const wholeAndHalf = new RegExp(`(\\d+)\\s*个半(?=${halved})`, 'g');
const half = new RegExp(`(?<![\\d一-鿿])半(?=个?(?:${halved}))`, 'g');
const halfBehind = /(\d+)\s*(小时|天|年|公里|斤|公斤|吨)半$/;

/** `两个半小时`, `半分钟`, `三天半`, `每小时60千米` in the order of other languages. */
const reordered = (text: string): string =>
  text
    .replace(mixedRun, mixedValue)
    .replace(wholeAndHalf, '$1.5个')
    .replace(half, '0.5')
    .replace(halfBehind, '$1.5$2')
    .replace(/^每(小时|分钟|秒钟?|时|天|分)\s*(-?[\d.]+\s*[\u4e00-\u9fffa-z]+)$/, '$2/$1');

/** The value of Chinese numerals, whole; undefined when they are no number. */
export function chineseValue(text: string): string | undefined {
  const [whole = '', fraction] = text.split('点');
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  const positional = whole.length > 1 && [...whole].every((char) => digits[char] !== undefined);
  if (positional) total = Number([...whole].map((char) => digits[char]).join(''));
  else
    for (const char of whole) {
      const value = digits[char];
      const step = steps[char];
      if (value !== undefined) digit = value;
      else if (step !== undefined) {
        section += (digit ?? 1) * step;
        digit = undefined;
      } else if (char === '万' || char === '亿') {
        total = scaledTotal(total, section + (digit ?? 0), char);
        if (total === 0) return undefined;
        section = 0;
        digit = undefined;
      } else return undefined;
    }
  const value = positional ? total : total + section + (digit ?? 0) * colloquialStep(whole);
  if (fraction === undefined) return String(value);
  return `${value}.${[...fraction].map((char) => digits[char] ?? '').join('')}`;
}

const han = /[\u4e00-\u9fff〇]/;

/** The text with its Chinese numerals as digits, fractions and percentages. */
export function chineseToDigits(text: string): string {
  if (!han.test(text)) return text;
  const tenths = /^([一二三四五六七八九])成([一二三四五六七八九半])?$/.exec(text);
  if (tenths !== null) return `${digits[tenths[1] ?? '']}${tenths[2] === '半' ? 5 : (digits[tenths[2] ?? ''] ?? 0)}%`;
  return reordered(
    text
      .replace(/负(?=[\d〇零一二三四五六七八九十百千两])/g, '-')
      // A weekday and the names of days and months keep their numerals.
      .replace(numeralRun, (run: string, at: number) => {
        const previous = text.charAt(at - 1);
        if (/[期周拜第]/.test(previous) && run.length === 1) return run;
        if (/[\d.]/.test(previous) || /^[万亿千百]+$/.test(run)) return run;
        return chineseValue(run) ?? run;
      })
      .replace(/百分之\s*(-?[\d.]+)/g, '$1%')
      .replace(/千分之\s*(-?[\d.]+)/g, '$1‰')
      .replace(/(\d+)\s*又\s*(\d+)\s*分之\s*(\d+)/g, '$1\\frac{$3}{$2}')
      .replace(/(\d+)\s*分之\s*(\d+)/g, '\\frac{$2}{$1}'),
  );
}
