/** @file One value (EM, math_verify): spellings of it, and values that are near and wrong. */
import type { AuditItem } from '../item.ts';
import type { Forms, Misses, VariantContext } from './variant.ts';

const quantity = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\s*[%\p{L}][\p{L}%²³/ .]*)?$/u;

interface Quantity {
  readonly value: number;
  readonly decimals: number;
  readonly unit: string;
}

function quantityOf(gold: string): Quantity | undefined {
  const match = quantity.exec(gold);
  if (match === null || gold.length > 40) return undefined;
  const [, sign = '', whole = '', fraction = '', unit = ''] = match;
  const value = Number(`${sign}${whole.replaceAll(',', '')}${fraction}`);
  return Number.isSafeInteger(Math.round(value))
    ? { value, decimals: Math.max(0, fraction.length - 1), unit }
    : undefined;
}

const grouped = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

function numberForms({ value, decimals, unit }: Quantity): Forms {
  return {
    'thousands separators':
      Math.abs(value) >= 1000 && !/^\p{L}/u.test(unit) ? `${grouped(value, decimals)}${unit}` : undefined,
    'boxed number': unit === '' ? `\\boxed{${value.toFixed(decimals)}}` : undefined,
    'number in dollars': unit === '' ? `$${value.toFixed(decimals)}$` : undefined,
    'sentence with a box': unit === '' ? `The value is $\\boxed{${value.toFixed(decimals)}}$.` : undefined,
  };
}

const otherUnit: Readonly<Record<string, string>> = {
  km: 'm',
  m: 'km',
  kg: 'g',
  g: 'kg',
  hours: 'days',
  days: 'hours',
  '%': ' km',
};

/** A question that asks for millions has them in its answer. */
const asksMillions = /\bmillions?\b|百万/;

function numberMisses({ value, decimals, unit }: Quantity, question: string): Misses {
  const step = 10 ** -decimals;
  const digits = Math.abs(value).toFixed(decimals);
  const swapped = digits.replace(/(\d)(\d)(?=\D*$)/, '$2$1');
  const own = unit.trim();
  return {
    'adjacent number above': `${(value + step).toFixed(decimals)}${unit}`,
    'adjacent number below': value === 0 ? undefined : `${(value - step).toFixed(decimals)}${unit}`,
    'ten times': value === 0 ? undefined : `${(value * 10).toFixed(decimals)}${unit}`,
    'other magnitude':
      value === 0 || own !== '' || asksMillions.test(question) ? undefined : `${value.toFixed(decimals)} million`,
    'other sign': value === 0 ? undefined : `${(-value).toFixed(decimals)}${unit}`,
    'digits exchanged': swapped === digits ? undefined : `${value < 0 ? '-' : ''}${swapped}${unit}`,
    'with a variable': own === '' && value !== 0 ? `${value.toFixed(decimals)}x` : undefined,
    'two numbers': `${value.toFixed(decimals)}${unit} or ${(value + step).toFixed(decimals)}${unit}`,
    'other unit': otherUnit[own] === undefined ? undefined : `${value.toFixed(decimals)} ${otherUnit[own]}`,
  };
}

/** One letter of the longest word changed. */
function misspelt(text: string): string | undefined {
  const word = text.match(/\p{L}{5,}/gu)?.sort((a, b) => b.length - a.length)[0];
  if (word === undefined) return undefined;
  const at = Math.floor(word.length / 2);
  const letter = word[at] === 'o' ? 'a' : 'o';
  return text.replace(word, word.slice(0, at) + letter + word.slice(at + 1));
}

/** `P12` as `P13`. */
const neighbour = (text: string): string | undefined =>
  /^(?=.*\p{L})[\p{L}-]{0,12} ?\d{1,6}$/u.test(text)
    ? text.replace(/\d+$/, (digits) => String(Number(digits) + 1))
    : undefined;

export function valueForms({ spec }: AuditItem): Forms {
  const gold = spec.gold[0] ?? '';
  const quantityForms = quantityOf(gold);
  const decomposed = gold.normalize('NFD');
  return {
    bold: `**${gold}**`,
    quotes: `"${gold}"`,
    'curly quotes': `“${gold}”`,
    code: `\`${gold}\``,
    'full stop': `${gold}.`,
    'The answer is': `The answer is ${gold}.`,
    'JSON object': JSON.stringify({ answer: gold }),
    'lower case': spec.metric === 'EM' && spec.caseSensitive !== true ? gold.toLowerCase() : undefined,
    'no-break space': gold.includes(' ') ? gold.replaceAll(' ', '\u00a0') : undefined,
    'decomposed accents': decomposed === gold ? undefined : decomposed,
    ...(quantityForms === undefined ? {} : numberForms(quantityForms)),
  };
}

export function valueMisses({ spec, question }: AuditItem, { others, rng }: VariantContext): Misses {
  const gold = spec.gold[0] ?? '';
  const same = (text: string): boolean => text.trim().toLowerCase() === gold.trim().toLowerCase();
  const elsewhere = others.map((item) => item.spec.gold[0] ?? '').filter((text) => text !== '' && !same(text));
  const other = elsewhere.length === 0 ? undefined : rng.pick(elsewhere);
  const number = quantityOf(gold);
  const words = number === undefined && spec.metric === 'EM';
  return {
    'gold of another sample': other,
    'gold or another': other === undefined ? undefined : `${gold} or ${other}`,
    'two values': other === undefined ? undefined : `${other}\n${gold}`,
    denied: words ? `not ${gold}` : undefined,
    'similar name': words ? misspelt(gold) : undefined,
    'longer name': words && /^\p{Lu}/u.test(gold) ? `New ${gold}` : undefined,
    'adjacent identifier': neighbour(gold),
    ...(number === undefined ? {} : numberMisses(number, question)),
  };
}
