/** @file Ratios (`3:4`, `3 to 4`, `3比4`) and numbers in a base (`1101_2`, `(1101)_2`, `1101 (base 2)`, `0b1101`). */
import { strictParse } from '../parse/strict-parse.ts';
import { isScalarTree } from './read-scalar.ts';
import type { BaseNumber, Ratio } from './value.ts';

const baseForms: readonly RegExp[] = [
  /^\(?\s*([0-9A-Z]+)\s*\)?\s*_\s*\{?\s*\(?(\d{1,2})\)?\s*\}?$/i,
  /^([0-9A-Z]+)\s*\(?(?:in\s+)?base[\s-]*(\d{1,2})\)?$/i,
];
const namedForms: readonly (readonly [RegExp, number])[] = [
  [/^0b([01]+)$/i, 2],
  [/^0o([0-7]+)$/i, 8],
  [/^0x([0-9a-f]+)$/i, 16],
  [/^([01]+)\s*\(?(?:in\s+)?(?:binary|二进制)\)?$/i, 2],
  [/^([0-7]+)\s*\(?(?:in\s+)?(?:octal|八进制)\)?$/i, 8],
  [/^([0-9a-f]+)\s*\(?(?:in\s+)?(?:hex|hexadecimal|十六进制)\)?$/i, 16],
];

const digitValue = (digit: string): number => Number.parseInt(digit, 36);

function based(digits: string, base: number): BaseNumber | undefined {
  const bare = digits.toUpperCase().replace(/^0+(?=.)/, '');
  const fits = base >= 2 && base <= 36 && [...bare].every((digit) => digitValue(digit) < base);
  return fits && /^\d|[A-F]\d|\d[A-F]/.test(bare + digits) ? { type: 'base', digits: bare, base } : undefined;
}

/** Bases 2 to 36; undefined where a digit does not fit the base, or nothing names one. */
export function readBase(text: string): BaseNumber | undefined {
  if (text.length > 120) return undefined;
  for (const form of baseForms) {
    const match = form.exec(text);
    if (match !== null && /\d/.test(match[1] ?? '')) return based(match[1] ?? '', Number(match[2]));
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
