/**
 * @file Finds numbers and arithmetic in prose without LaTeX: `1,234.5`, `€12`, `28 percent`, `3 + 4/5`.
 * Scanners with the meaning of Math-Verify's patterns for plain expressions.
 */
import { type Expr, numberExpr } from '../expr.ts';
import { fromDecimal, negate } from '../rational.ts';
import { parsePlain } from './parse-plain.ts';
import { MathSyntaxError } from './syntax-error.ts';

/** A number or expression in the text; `parse` may fail with MathSyntaxError. */
export interface PlainMatch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly parse: () => Expr;
}

const currency = '$€£¥₹₽₪₩₫฿₡₢₣₤₥₦₧₨₭₮₯₰₱₲₳₴₵₶₷₸₺₻₼₾₿';
const groupedNumber = /(-?[1-9]\d{0,2}(?:[ ,]\d{3})+)(\.\d+)?/y;
const pointNumber = /(-?\d+)([.,]\d+)/y;
const fractionOnly = /()(\.\d+)/y;
const wholeNumber = /(-?\d+)()/y;
const percentTail = /\s*(?:%|[Pp]ercent|[Pp]ercentage|[Pp]ct)/y;
const arithmetic = /[\d.\s+\-*×/^()÷]/;
const operator = /[+\-*×/^()÷]/;
const suffix = /(?:\*\*)?(?:[.,:\s)$]|$)/y;

/** Where the prefix of a plain match ends: the start of the text, white space or `=`, then optional asterisks. */
function afterPrefix(text: string, at: number): number | undefined {
  const char = text.charAt(at);
  if (/\s|=/.test(char)) return at + 1;
  return at === 0 ? 0 : undefined;
}

/** The places where the body may begin, in the order in which a backtracking pattern tries them. */
function bodies(text: string, at: number): number[] {
  const start = afterPrefix(text, at);
  const places: number[] = [];
  // At the very start the text's own beginning is tried before white space is taken as the prefix.
  if (at === 0) {
    if (text.startsWith('**')) places.push(2);
    places.push(0);
  }
  if (start !== undefined && start > 0) {
    if (text.startsWith('**', start)) places.push(start + 2);
    places.push(start);
  }
  return places;
}

function numberBody(text: string, body: number): { end: number; whole: string; fraction: string } | undefined {
  let at = body;
  if (at < text.length && currency.includes(text.charAt(at))) at++;
  if (at === body || !/\d/.test(text.charAt(at - 1))) {
    if (/\d/.test(text.charAt(at - 1))) return undefined;
    for (const pattern of [groupedNumber, pointNumber, fractionOnly, wholeNumber]) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match !== null) return { end: pattern.lastIndex, whole: match[1] ?? '', fraction: match[2] ?? '' };
    }
  }
  return undefined;
}

/** The number whose prefix begins exactly at `at`. */
export function numberAt(text: string, at: number): PlainMatch | undefined {
  for (const body of bodies(text, at)) {
    const found = numberBody(text, body);
    if (found === undefined) continue;
    percentTail.lastIndex = found.end;
    const percent = percentTail.test(text);
    const whole = found.whole.replace(/[ ,]/g, '').replace(/^0+/, '') || '0';
    const spelled = whole + found.fraction.replace(',', '.');
    const parse = (): Expr => {
      const value = fromDecimal(spelled.replace('-', ''));
      const number = numberExpr(spelled.startsWith('-') ? negate(value) : value, spelled.includes('.'));
      return percent ? { kind: 'percent', value: number } : number;
    };
    return { start: at, end: percent ? percentTail.lastIndex : found.end, text: spelled, parse };
  }
  return undefined;
}

/** Where arithmetic that begins at `body` ends, and where its suffix ends; the longest that a suffix follows. */
function arithmeticEnd(text: string, body: number): { end: number; past: number } | undefined {
  let at = body;
  if (text.charAt(at) === '-') at++;
  if (text.charAt(at) === '(') at++;
  if (text.charAt(at) === '-') at++;
  if (!/\d/.test(text.charAt(at))) return undefined;
  let run = at + 1;
  while (run < text.length && arithmetic.test(text.charAt(run))) run++;
  const suffixAt = (end: number): number | undefined => {
    suffix.lastIndex = end;
    return suffix.test(text) ? suffix.lastIndex : undefined;
  };
  let tried = run + 1;
  for (let op = run - 2; op > at; op--) {
    if (!operator.test(text.charAt(op))) continue;
    for (let end = tried - 1; end >= op + 2; end--) {
      const closed = text.charAt(end) === ')' ? suffixAt(end + 1) : undefined;
      if (closed !== undefined) return { end: end + 1, past: closed };
      const past = suffixAt(end);
      if (past !== undefined) return { end, past };
    }
    tried = Math.min(tried, op + 2);
  }
  return undefined;
}

/** The arithmetic whose prefix begins exactly at `at`. */
export function arithmeticAt(text: string, at: number): PlainMatch | undefined {
  for (const body of bodies(text, at)) {
    const found = arithmeticEnd(text, body);
    if (found === undefined) continue;
    const expression = text.slice(body, found.end);
    const parse = (): Expr => {
      if (/[×÷]/.test(expression)) throw new MathSyntaxError('a sign that plain arithmetic does not read');
      return parsePlain(expression.replaceAll('\n', ' '));
    };
    return { start: at, end: found.past, text: expression, parse };
  }
  return undefined;
}

/** What begins exactly at `at`: arithmetic where it can be, else a number. */
export const plainAt = (text: string, at: number): PlainMatch | undefined =>
  arithmeticAt(text, at) ?? numberAt(text, at);

const prefixes = /\s|=/g;

/** All matches from left to right, not overlapping. */
export function allPlain(text: string, matcher: (text: string, at: number) => PlainMatch | undefined): PlainMatch[] {
  const found: PlainMatch[] = [];
  let at = 0;
  while (at <= text.length) {
    const match = matcher(text, at);
    if (match !== undefined) {
      found.push(match);
      at = Math.max(match.end, at + 1);
    } else at++;
    // Only white space and "=" can begin a match behind the start of the text.
    if (at > 0 && at < text.length && !/\s|=/.test(text.charAt(at))) {
      prefixes.lastIndex = at;
      const next = prefixes.exec(text);
      if (next === null) break;
      at = next.index;
    }
  }
  return found;
}
