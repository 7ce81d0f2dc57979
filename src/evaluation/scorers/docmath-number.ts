/**
 * @file DocMath-Eval's number: extraction, normalisation and tolerant equality (reference `docmath/utils.py`). Accepted is a number
 * within 0.15 %, one that differs by an exact power of ten or by a factor of about 100, 1,000 or 100,000, and one equal after
 * rounding up to two decimals.
 * `upstream` keeps three defects: a gold of False counts as True, because the gold arrives as the text "False"; text that is no
 * number counts as 0, and so as right where the gold is 0; the first "the answer is" wins over a later correction. `paper` has the first
 * defect repaired alone, since the paper names no other rule; `strict` repairs all and reads the last statement after the thinking.
 */
import { afterThinking } from '../../rewards/answer-area.ts';
import { strip } from '../../rewards/text.ts';
import type { CompatProfile } from '../benchmark.ts';
import { lastStatement } from './extract.ts';
import { evaluatePython, floatOf, PythonFailure, type PythonValue } from './python-expression.ts';
import { end, stripCharacters } from './python-text.ts';

/** The gold as Python prints it; a `bool` is compared as yes or no, the others as numbers. */
export type DocmathGold = { readonly type: 'int' | 'float' | 'bool'; readonly text: string };

const stated = /the answer is (=?≈?`?%?\$?°?£?€?¥?-?[0-9.,]+)/iu;

/** What the reference compares: a number after the first "the answer is", else the whole response. */
function upstreamAnswer(response: string): string {
  const visible = response.replace(/^[\s\S]*?<\/think>/, '').replace(/[*()]/g, '');
  const match = stated.exec(visible);
  return match === null ? visible : stripCharacters((match[1] ?? '').replaceAll(',', ''), '.', 'right');
}

function strictAnswer(response: string): string {
  const visible = afterThinking(response).replace(/[*$`"\\]/g, '');
  const said = lastStatement(visible);
  if (said === undefined) return '';
  const boolean = /\b(true|false|yes|no)\b/i.exec(said)?.[1];
  const number = /[-+]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?/i.exec(said)?.[0];
  return number ?? boolean ?? '';
}

/** The answer as it is compared; empty where `strict` finds none. */
export function docmathAnswer(response: string, profile: CompatProfile): string {
  return profile === 'strict' ? strictAnswer(response) : upstreamAnswer(response);
}

const digit = '\\p{Nd}';
const number = `[-+]?(?:[${digit},]*\\.*${digit}+)`;
const pattern = (source: string): RegExp => new RegExp(source, 'u');
/** A unit after or before the number is dropped: the pattern, once it matches from the start, and what it keeps. */
const units: readonly (readonly [RegExp, RegExp])[] = [
  [pattern(`^${number} [^0-9 ]+${end}`), pattern(`(${number}) [^0-9 ]+${end}`)],
  [pattern(`^[^0-9 ]+ ${number}${end}`), pattern(`[^0-9 ]+ (${number})${end}`)],
  [pattern(`^${number}[^${digit}]{1,2}${end}`), pattern(`(${number})[^${digit}]{1,2}${end}`)],
  [
    pattern(`^[^-+${digit}]{1,2}(?:[${digit},]*\\.*${digit}+)${end}`),
    pattern(`[^-+${digit}]{1,2}([${digit},]*\\.*${digit}+)${end}`),
  ],
];
const plainNumber = pattern(`^[-+]?(?:${digit}{1,3}(?:,${digit}{3})*|${digit}+)(?:\\.${digit}+)?${end}`);
const dropped = ['£', '€', '¥', 'million', 'billion', 'thousand', 'US', 'USD', 'RMB'];

/** The expression that the reference hands to `eval`. */
function expressionOf(answer: string): string {
  let text = stripCharacters(strip(answer), '.', 'right');
  for (const word of dropped) text = text.replaceAll(word, '');
  for (const sign of ['=', '≈']) if (text.includes(sign)) text = strip(text.slice(text.lastIndexOf(sign) + 1));
  text = text.replace(/[`%$°]/g, '');
  if (text === 'true' || text === 'yes') text = 'True';
  if (text === 'false' || text === 'no') text = 'False';
  if (text.includes('True')) text = 'True';
  else if (text.includes('False')) text = 'False';
  if (text.includes('approximately')) text = strip(text.replaceAll('approximately', ''));
  text = text.split(' or ')[0] ?? '';
  for (const [whole, kept] of units) if (whole.test(text)) text = kept.exec(text)?.[1] ?? text;
  text = text
    .replace(/10\^(-?\p{Nd}+)/gu, 'math.pow(10, $1)')
    .replaceAll(' x ', '*')
    .replaceAll(' × ', '*');
  if (plainNumber.test(text)) text = text.replaceAll(',', '');
  const option = /\([a-d]\)/.exec(text)?.[0];
  if (option !== undefined) text = `"${option}"`;
  return text === '' ? '0' : text;
}

const zero: PythonValue = { type: 'int', value: 0n };

/** The value of an answer; what does not evaluate is 0, as in the reference. */
function upstreamValue(answer: string): PythonValue | undefined {
  try {
    const value = evaluatePython(expressionOf(answer));
    return value.type === 'complex' ? { type: 'float', value: value.real } : value;
  } catch (error) {
    if (error instanceof PythonFailure) return zero;
    throw error;
  }
}

/** Whether `log10(ratio)`, correctly rounded, is a whole number; ratio is at least 1. */
function isPowerOfTen(ratio: number): boolean {
  if (!Number.isFinite(ratio)) return false;
  const power = Math.round(Math.log10(ratio));
  const exact = Number(`1e${power}`);
  const off = (ratio - exact) / exact / Math.LN10;
  if (power === 0) return ratio === 1;
  // Below a power of two doubles lie twice as dense.
  const gap = 2 ** (Math.floor(Math.log2(power)) - 52);
  const below = Number.isInteger(Math.log2(power)) ? gap / 2 : gap;
  return off >= 0 ? off <= gap / 2 : -off <= below / 2;
}

const roundUp = (value: number): number => Math.ceil(value * 100) / 100;
const near = (value: number, gold: number): boolean => {
  const tolerance = Math.abs(gold) * 0.0015;
  return value >= gold - tolerance && value <= gold + tolerance;
};

/** @throws RangeError where the reference raises: numbers that are not finite. */
function numbersEqual(value: number, gold: number): boolean {
  const [large, small] = [Math.max(Math.abs(gold), Math.abs(value)), Math.min(Math.abs(gold), Math.abs(value))];
  if (!Number.isFinite(large)) throw new RangeError('not finite');
  if (large !== 0 && small !== 0) {
    const ratio = large / small;
    if (!Number.isFinite(ratio)) throw new RangeError('the ratio is too large');
    if (isPowerOfTen(ratio)) return true;
  }
  const shifted = [100, 1000, 100_000].some((factor) => small <= (large / factor) * 2 && near(small * factor, large));
  if (shifted) return true;
  if (!Number.isFinite(large * 100)) throw new RangeError('too large to round');
  return roundUp(large) === roundUp(small) || near(value, gold);
}

function numberEquals(value: PythonValue | undefined, gold: number): boolean {
  if (value?.type !== 'int' && value?.type !== 'float' && value?.type !== 'bool') return false;
  try {
    return numbersEqual(floatOf(value), gold);
  } catch (error) {
    if (error instanceof RangeError || error instanceof PythonFailure) return false;
    throw error;
  }
}

/** `value == flag` in Python. */
function booleanEquals(value: PythonValue | undefined, flag: boolean): boolean {
  if (value?.type !== 'int' && value?.type !== 'float' && value?.type !== 'bool') return false;
  return Number(value.value) === (flag ? 1 : 0);
}

function strictEquals(answer: string, gold: DocmathGold): boolean {
  if (answer === '') return false;
  if (gold.type === 'bool') {
    const said = /^(true|yes)$/i.test(answer) ? 'true' : /^(false|no)$/i.test(answer) ? 'false' : '';
    return said === gold.text.toLowerCase();
  }
  const value = Number(answer.replaceAll(',', ''));
  return Number.isFinite(value) && numberEquals({ type: 'float', value }, Number(gold.text));
}

/**
 * Whether an extracted answer equals the gold.
 *
 * @example docmathEquals('1,234.5', { type: 'float', text: '1234.49' }, 'upstream') // true
 */
export function docmathEquals(answer: string, gold: DocmathGold, profile: CompatProfile): boolean {
  if (profile === 'strict') return strictEquals(answer, gold);
  const value = upstreamValue(answer);
  if (gold.type === 'bool') return booleanEquals(value, profile === 'upstream' || /^true$/i.test(gold.text));
  return numberEquals(value, Number(gold.text));
}
