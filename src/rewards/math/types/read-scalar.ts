/**
 * @file Reads a number, quantity, percentage or expression: a sign, a currency, digits as people group them, then what
 * stands behind them; else an expression with such a tail.
 */
import { type Expr, numberExpr, product, sum } from '../expr.ts';
import { strictParse } from '../parse/strict-parse.ts';
import { fromDecimal, integer, multiply, negate, one, power, type Rational } from '../rational.ts';
import { isCurrency, sameDimensions, type Unit } from './dimension.ts';
import { readUnit } from './read-unit.ts';
import { readTail, type Tail } from './tail.ts';
import { isLetterUnit } from './unit-table.ts';
import type { Literal, Scalar } from './value.ts';

const approximately =
  /^(?:\\approx|\\sim|\\simeq|~|≈|=|about|around|approximately|approx\.?|roughly|nearly|exactly|just|only|circa|ca\.|a total of|大约|约为|约|大概|共计|共有|一共|共|总共|恰好|正好|only)\s*/i;

/** Signs that say that a number is rounded, or introduce it, taken off. */
export function withoutApproximation(text: string): string {
  let out = text.trim();
  for (let n = 0; n < 3 && approximately.test(out); n++) out = out.replace(approximately, '');
  return out;
}

const currencySign = '(?:US|HK|A|C|NZ|S)?[$＄]|[€£¥￥₹₩₽]|(?:USD|EUR|GBP|CNY|RMB|JPY|INR|Rs\\.?)(?=\\s*\\d)';
const head = new RegExp(
  `^([-+]?)\\s*(${currencySign})?\\s*([-+]?)\\s*` +
    '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,2}(?:,\\d{2})+,\\d{3}(?:\\.\\d+)?|\\d{1,3}(?: \\d{3})+(?:[.,]\\d+)?|\\d{1,3}(?:\\.\\d{3})+,\\d+|\\d{1,3}(?:\\.\\d{3}){2,}(?![.\\d])|\\d{1,3}(?:_\\d{3}){2,}(?!_)|\\d+(?:\\.\\d+)?|\\.\\d+)' +
    '(?![\\d])(?:\\s*(?:[eE]\\s*([-+]?\\d+)(?![\\w.])|(?:\\\\times|[x*×]|\\\\cdot)\\s*10\\s*(?:\\^|\\*\\*)\\s*(?:\\{\\s*([-+]?\\d+)\\s*\\}|\\(\\s*([-+]?\\d+)\\s*\\)|([-+]?\\d+))))?',
);

/** Digits in groups, with either sign for the point, as plain digits. */
function ungrouped(digits: string): string {
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) return digits.replaceAll('.', '');
  if (/^\d{1,3}(?: \d{3})+,\d+$/.test(digits)) return digits.replaceAll(' ', '').replace(',', '.');
  return digits.replace(/[ ,_]/g, '');
}

function literalOf(digits: string, exponent: number): Literal {
  const [whole = '', fraction = ''] = digits.split('.');
  const significant = (whole + fraction).replace(/^0+/, '').length;
  return { decimals: Math.max(0, fraction.length - exponent), digits: significant };
}

interface Head {
  readonly value: Rational;
  readonly literal: Literal;
  readonly currency: Unit | undefined;
  readonly end: number;
  readonly decimal: boolean;
}

const mostExponent = 2000;

function numberHead(text: string): Head | undefined {
  const match = head.exec(text);
  if (match === null) return undefined;
  const [all, sign = '', symbol, inner = '', digits = '', e1, e2, e3, e4] = match;
  const exponent = Number(e1 ?? e2 ?? e3 ?? e4 ?? 0);
  if (Math.abs(exponent) > mostExponent || digits.length > mostExponent) return undefined;
  const plain = ungrouped(digits);
  let value = fromDecimal(plain);
  if (exponent !== 0) value = multiply(value, power(integer(10), BigInt(exponent)));
  if ((sign === '-') !== (inner === '-')) value = negate(value);
  const currency = symbol === undefined ? undefined : readUnit(symbol);
  return { value, literal: literalOf(plain, exponent), currency, end: all.length, decimal: plain.includes('.') };
}

const scaled = (expr: Expr, factor: Rational): Expr => {
  if (factor === one) return expr;
  return expr.kind === 'number' ? numberExpr(multiply(expr.value, factor)) : product(numberExpr(factor), expr);
};

/** A number and its tail as a scalar; undefined where they contradict (`$5 km`). */
function withTail(
  expr: Expr,
  literal: Literal | undefined,
  currency: Unit | undefined,
  tail: Tail,
): Scalar | undefined {
  let { unit } = tail;
  if (currency !== undefined) {
    // "$5 dollars", "US$5 USD": said twice.
    if (unit !== undefined && !(isCurrency(unit) && sameDimensions(unit, currency))) return undefined;
    unit = currency;
  }
  const value = scaled(expr, tail.factor);
  if (tail.further !== undefined) return withFurther({ type: 'scalar', expr: value, unit }, tail.further);
  return {
    type: 'scalar',
    expr: value,
    literal: tail.factor === one ? literal : undefined,
    unit,
    percent: tail.percent,
    noun: tail.noun,
    soft: tail.soft && currency === undefined,
  };
}

/** 1 hour 30 minutes: quantities of one dimension add up, in the unit of the first. */
function withFurther(first: Scalar, rest: string): Scalar | undefined {
  const next = readScalars(rest.replace(/分$/, '分钟')).find(({ unit, soft }) => unit !== undefined && soft !== true);
  if (first.unit === undefined || next?.unit === undefined || !sameDimensions(first.unit, next.unit)) return undefined;
  const factor = multiply(next.unit.factor, { n: first.unit.factor.d, d: first.unit.factor.n });
  return { type: 'scalar', expr: sum(first.expr, scaled(next.expr, factor)), unit: first.unit };
}

const tailStart = /[A-Za-z°%‰'"$＄€£¥₹(\u00b5\u03bc\u03a9\u4e00-\u9fff\\]/;
const unitCommands = /^\\(?:mu|Omega|%|cdot|frac\s*\{\s*[a-zA-Z]{1,6}\s*\}?)/;

/** Where a tail may begin behind an expression: outside braces, behind a digit, letter or bracket that may end a value. */
function* tailPlaces(text: string): Generator<number> {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '{' || char === '(' || char === '[') {
      if (char === '(' && depth === 0 && i > 0) yield i;
      depth++;
    } else if (char === '}' || char === ')' || char === ']') depth--;
    if (char === '\\' && !unitCommands.test(text.slice(i, i + 16))) {
      i += /^\\(?:[a-zA-Z]+|.)/.exec(text.slice(i))?.[0].length ?? 1;
      i--;
      continue;
    }
    if (depth !== 0 || i === 0 || !tailStart.test(char) || char === '(') continue;
    const previous = text.charAt(i - 1);
    if (/[\d\s})\]]/.test(previous) || /[°%\u4e00-\u9fff]/.test(char)) yield i;
  }
}

const mostPlaces = 12;

function expressionWithTail(text: string): Scalar | undefined {
  let tried = 0;
  for (const place of tailPlaces(text)) {
    if (++tried > mostPlaces) return undefined;
    const front = text.slice(0, place).trim();
    const attached = !/\s$/.test(text.slice(0, place));
    const tail = readTail(text.slice(place), attached);
    if (tail === undefined || tail.further !== undefined) continue;
    const expr = strictParse(front);
    if (expr === undefined || !isScalarTree(expr)) continue;
    const upright = !attached || !isLetterUnit(text.slice(place).trim());
    return withTail(expr, undefined, undefined, { ...tail, soft: tail.soft || !upright });
  }
  return undefined;
}

/** Whether a tree denotes one value, not a relation, set, tuple or matrix. */
export const isScalarTree = (expr: Expr): boolean =>
  !['relation', 'chain', 'set', 'tuple', 'interval', 'setOperation', 'numberSet', 'matrix'].includes(expr.kind);

/** The readings of a text as one number, quantity or expression; none where it is not. */
export function readScalars(source: string): Scalar[] {
  const text = withoutApproximation(source)
    .replace(/(?<=[^.])\.$/, '')
    .trim();
  if (text === '' || text.length > 600) return [];
  const readings: Scalar[] = [];
  const number = numberHead(text);
  if (number !== undefined) {
    const rest = text.slice(number.end);
    const { value, literal, currency, decimal } = number;
    const tail = rest.startsWith('!') ? undefined : readTail(rest.trim(), !/^\s/.test(rest));
    const scalar = tail && withTail(numberExpr(value, decimal), literal, currency, tail);
    if (scalar !== undefined) readings.push(scalar, ...manyMeanings(scalar));
    if (scalar !== undefined && !mayBeVariable(rest)) return readings;
  }
  const amount = /^([-+]?)\s*((?:US|HK|A|C)?[$＄]|[€£¥￥₹])\s*(.+)$/.exec(text);
  if (amount !== null && number === undefined) {
    const inner = readScalars(`${amount[1]}${amount[3]}`);
    const unit = readUnit(amount[2] ?? '');
    return inner.flatMap((scalar) => (scalar.unit === undefined ? [{ ...scalar, unit, soft: false }] : []));
  }
  const plain = strictParse(text);
  if (plain !== undefined && isScalarTree(plain)) readings.push({ type: 'scalar', expr: plain });
  if (number === undefined || readings.length === 0 || plain === undefined || mixedQuantity.test(text)) {
    const scalar = expressionWithTail(text);
    if (scalar !== undefined) readings.push(scalar);
  }
  return readings;
}

/** 分 is a point, a minute or a hundredth of a yuan. */
const manyMeanings = (scalar: Scalar): Scalar[] =>
  scalar.noun !== '分'
    ? []
    : [readUnit('分钟'), readUnit('分币')].flatMap((unit) =>
        unit === undefined ? [] : [{ ...scalar, noun: undefined, unit }],
      );

/** `14\frac{1}{2} m`: a mixed number with a unit apart from it. */
const mixedQuantity = /^[-+]?\d+\s*\\[dt]?frac\s*\{\s*\d+\s*\}\s*\{\s*\d+\s*\}\s+[a-zA-Z°]/;

/** `5m`, `3 k`: letters that the other reading takes for variables. */
const mayBeVariable = (rest: string): boolean => /^\s*[A-Za-z](?:\^\{?\d\}?)?\s*$/.test(rest);
