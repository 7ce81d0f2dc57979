/** @file Ratios (`3:4`, `3 to 4`, `3比4`) and numbers in a base (`1101_2`, `(1101)_2`, `1101 (base 2)`, `0b1101`). */
import { strictParse } from '../parse/strict-parse.ts';
import { isScalarTree } from './read-scalar.ts';
import type { BaseNumber, Ratio } from './value.ts';

const baseForms: readonly RegExp[] = [
  /^\(?\s*([0-9A-Z]+)\s*\)?\s*_\s*\{?\s*\(?(\d{1,2})\)?\s*\}?$/i,
  /^\(?([0-9A-Z]+)\)?\s*\(?(?:in\s+)?base[\s-]*(\d{1,2})\)?$/i,
  /^([0-9A-Z]+)\s*\(?\s*(\d{1,2})\s*进制\s*\)?$/i,
];
const namedForms: readonly (readonly [RegExp, number])[] = [
  [/^0b([01]+)$/i, 2],
  [/^0o([0-7]+)$/i, 8],
  [/^0x([0-9a-f]+)$/i, 16],
  [/^([01]+)\s*(?:_\s*\{?|\()?\s*(?:in\s+)?(?:bin|binary|two|[2二]进制)\s*[)}]?$/i, 2],
  [/^([0-7]+)\s*(?:_\s*\{?|\()?\s*(?:in\s+)?(?:oct|octal|eight|[8八]进制)\s*[)}]?$/i, 8],
  [/^([0-9a-f]+)\s*(?:_\s*\{?|\()?\s*(?:in\s+)?(?:hex|hexadecimal|sixteen|(?:16|十六)进制)\s*[)}]?$/i, 16],
  [/^(?:binary|[2二]进制数?)\s*:?\s*([01]+)$/i, 2],
  [/^(?:octal|[8八]进制数?)\s*:?\s*([0-7]+)$/i, 8],
  [/^(?:hex|hexadecimal|(?:16|十六)进制数?)\s*:?\s*([0-9a-f]+)$/i, 16],
  // Upper case, and a letter at least: 12h is a time.
  [/^(?=[0-9]*[A-F])([0-9A-F]{2,})[hH]$/, 16],
];

const digitValue = (digit: string): number => Number.parseInt(digit, 36);

function based(digits: string, base: number): BaseNumber | undefined {
  const bare = digits.toUpperCase().replace(/^0+(?=.)/, '');
  const fits = base >= 2 && base <= 36 && [...bare].every((digit) => digitValue(digit) < base);
  return fits ? { type: 'base', digits: bare, base } : undefined;
}

/** `a_{12}` and `F_{16}` are names; digits without a figure need two letters in upper case, and base 16. */
const hasFigures = (digits: string, base: number): boolean =>
  /\d/.test(digits) || (base === 16 && /^[A-F]{2,}$/.test(digits));

/** Digits alone where the question asks for a base above ten: `FF`. */
export const bareDigits = (text: string, baseAsked: number | undefined): BaseNumber | undefined =>
  baseAsked !== undefined && baseAsked > 10 && /^(?=.*[a-z])[0-9a-z]{1,40}$/i.test(text)
    ? based(text, baseAsked)
    : undefined;

/** What may be a number in a base or something else: `FF`, `ff_{16}`, `1a3h`, and where the question asks for it `101b`, `17o`. */
export function shortBase(text: string, baseAsked: number | undefined): BaseNumber | undefined {
  if (/^(?=.*[A-F])[0-9A-F]{2,40}$/.test(text)) return { type: 'base', digits: text, base: undefined };
  const lower = /^\(?([a-f]{2,40})\)?\s*_\s*\{?\s*16\s*\}?$/.exec(text)?.[1];
  if (lower !== undefined) return based(lower, 16);
  const [, digits = '', letter = ''] = /^([0-9][0-9a-f]{0,40})([bohBOH])$/.exec(text) ?? [];
  const base = { b: 2, o: 8, h: 16 }[letter.toLowerCase()] ?? 10;
  return digits !== '' && (base === baseAsked || (base === 16 && /[a-f]/.test(digits)))
    ? based(digits, base)
    : undefined;
}

/** Bases 2 to 36; undefined where a digit does not fit the base, or nothing names one. */
export function readBase(text: string): BaseNumber | undefined {
  if (text.length > 120) return undefined;
  for (const form of baseForms) {
    const match = form.exec(text);
    if (match !== null && hasFigures(match[1] ?? '', Number(match[2]))) return based(match[1] ?? '', Number(match[2]));
  }
  for (const [form, base] of namedForms) {
    const match = form.exec(text);
    if (match !== null) return based(match[1] ?? '', base);
  }
  return undefined;
}

const separator = /\s*(?::|\bto\b|比)\s*/;

/** Two to six terms, none of them 0; undefined for anything else. */
export function readRatio(text: string): Ratio | undefined {
  if (text.length > 120 || !/[:比]|\bto\b/.test(text)) return undefined;
  const parts = text.split(separator);
  if (parts.length < 2 || parts.length > 6 || parts.some((part) => part.trim() === '')) return undefined;
  const terms = parts.map((part) => strictParse(part));
  const found = terms.flatMap((term) => (term !== undefined && isScalarTree(term) ? [term] : []));
  const zero = found.some((term) => term.kind === 'number' && term.value.n === 0n);
  return found.length === parts.length && !zero ? { type: 'ratio', terms: found } : undefined;
}
