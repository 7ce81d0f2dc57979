/**
 * @file Reads what stands behind a number as a unit: `km/h`, `m s^{-2}`, `kg·m/s`, `square metres`, `cubic feet`, `miles per
 * hour`, `平方厘米`, `公里每小时`. Undefined where any part is not in the table.
 */
import { Recent } from '../../recent.ts';
import { joined, noUnit, raised, type Unit } from './dimension.ts';
import { unitNamed } from './unit-table.ts';

const before: Readonly<Record<string, number>> = { square: 2, sq: 2, 'sq.': 2, cubic: 3, cu: 3, 'cu.': 3 };
const behind: Readonly<Record<string, number>> = { squared: 2, cubed: 3 };
const power = /^(.*?)(?:\^\{?\s*([-+]?\d)\s*\}?|([23]))$/;

function factorUnit(word: string): Unit | undefined {
  const named = unitNamed(word);
  if (named !== undefined) return named;
  const match = power.exec(word);
  const base = match?.[1] === undefined || match[1] === '' ? undefined : unitNamed(match[1]);
  if (match === null || base === undefined) return undefined;
  return raised(base, Number(match[2] ?? match[3]));
}

/** `m s^{-2}`, `square metres`: factors side by side. */
function productUnit(text: string): Unit | undefined {
  const words = text.split(/[\s*·⋅]+|-(?=[a-zA-Z])/).filter((word) => word !== '');
  if (words.length === 0 || words.length > 6) return undefined;
  let unit = noUnit;
  let exponent = 1;
  for (const [i, word] of words.entries()) {
    const raise = before[word.toLowerCase()];
    if (raise !== undefined) {
      exponent = raise;
      continue;
    }
    const factor = factorUnit(word) ?? factorUnit(word.replace(/\.$/, ''));
    if (factor === undefined) return undefined;
    const after = behind[words[i + 1]?.toLowerCase() ?? ''];
    const next = raised(factor, after ?? exponent);
    unit = unit === noUnit ? next : joined(unit, next);
    exponent = 1;
    if (after !== undefined) words.splice(i + 1, 1);
  }
  return exponent === 1 ? unit : undefined;
}

const chinese: readonly (readonly [RegExp, string])[] = [
  [/平方\s*(\S+)/, 'square $1'],
  [/立方\s*(\S+)/, 'cubic $1'],
];

const unspaced = (text: string): string => {
  for (const [pattern, form] of chinese) if (pattern.test(text)) return text.replace(pattern, form);
  return text;
};

const cache = new Recent<Unit | undefined>(2000);

function parse(source: string): Unit | undefined {
  const text = source
    .replace(/\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\cdot|\\times|\\,/g, ' ')
    .replace(/\\mu\s*/g, 'μ')
    .replace(/\\Omega/g, 'Ω')
    .replace(/°\s*(?=[CF]\b)/g, '°')
    .replace(/\bdegrees?\s+(?:celsius|centigrade|c\b)/i, '°C')
    .replace(/\bdegrees?\s+(?:fahrenheit|f\b)/i, '°F')
    .replace(/[{}]/g, (brace) => (/\^\{/.test(source) ? brace : ''))
    .replace(/\s*\^\s*/g, '^')
    .replace(/(\S)\s*每\s*(\S+)$/, '$1 / $2')
    .replace(/^每(\S+?)(\d.*)$/, '$2 / $1');
  const parts = text.split(/\s*\/\s*|\s+per\s+|\s+an?\s+(?=(?:hour|minute|second|day|week|month|year)$)/);
  const [top = '', ...bottoms] = parts;
  if (bottoms.length > 2) return undefined;
  let unit = top === '' ? undefined : productUnit(unspaced(top));
  for (const bottom of bottoms) {
    const divisor = productUnit(unspaced(bottom.replace(/^\((.*)\)$/, '$1').replace(/^分$/, '分钟')));
    if (divisor === undefined || unit === undefined) return undefined;
    unit = joined(unit, raised(divisor, -1));
  }
  return unit === undefined ? undefined : { ...unit, text: source };
}

/** The unit that a text is, whole; undefined when it is none. Text is what `cleanAnswer` leaves. */
export function readUnit(text: string): Unit | undefined {
  const key = text.trim();
  if (key === '' || key.length > 60) return undefined;
  return cache.get(key, () => parse(key));
}
