/**
 * @file JSON text to a value and back as Python's `json` does both, beyond what `JSON.parse` gives: whole numbers that a double does not
 * hold are `bigint`, `NaN` and `Infinity` are read, a lone surrogate is refused by name. A double key's last value counts, as in both.
 * The usual row goes through `JSON.parse` alone; its value is looked through, and parsed a second time where a number needs it.
 */

import { randomUUID } from 'node:crypto';
import { isRecord } from '../json.ts';
import { QuarantineError } from './reader.ts';

/** Whole numbers up to here are doubles; a literal beyond is a `bigint`. */
export const largestNumber = 2 ** 53;

/** Python's own bounds: its recursion ends a little before, and `int()` takes no more digits. */
export const [deepest, mostDigits] = [900, 4300];

/** Stands before a number that travels as a text; nobody can know it beforehand. */
const mark = `${randomUUID()}:`;

const loneSurrogate = /[\ud800-\udfff]/u;

function checkText(text: string): void {
  const [found] = loneSurrogate.exec(text) ?? [];
  if (found === undefined) return;
  const code = found.charCodeAt(0).toString(16);
  throw new QuarantineError('lone-surrogate', `half of a surrogate pair, \\u${code}, stands alone: no text`);
}

/** Whether a number may have lost digits. @throws QuarantineError for a lone surrogate or too deep a value. */
function inspect(value: unknown, escapes: boolean, depth: number): boolean {
  if (typeof value === 'number') return value >= largestNumber || value <= -largestNumber;
  if (typeof value === 'string' && escapes) checkText(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth > deepest) throw new QuarantineError('corrupt', `nested more than ${deepest} deep`);
  let lost = false;
  if (Array.isArray(value)) for (const item of value) lost = inspect(item, escapes, depth + 1) || lost;
  else
    for (const [name, item] of Object.entries(value)) {
      if (escapes) checkText(name);
      lost = inspect(item, escapes, depth + 1) || lost;
    }
  return lost;
}

/** A quote, or what is no number to `JSON.parse` or too large a one; a neighbour that makes it something else rules it out. */
const special = /"|(?<![\w.+-])(?:NaN|-?Infinity|-?[1-9]\d{15,}(?![\d.eE]))(?!\w)/g;

/** Where the string that opens at `from` has its closing quote; -1 where it never has. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === 0x5c) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return -1;
}

/** The text with every special number as a marked string. */
function markNumbers(text: string): string {
  let out = '';
  let from = 0;
  special.lastIndex = 0;
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    const [token] = found;
    if (token === '"') {
      const end = closingQuote(text, found.index);
      if (end < 0) break;
      special.lastIndex = end + 1;
      continue;
    }
    out += `${text.slice(from, found.index)}"${mark}${token}"`;
    from = found.index + token.length;
  }
  return out + text.slice(from);
}

function unmark(_name: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const token = value.slice(mark.length);
  if (!/^-?\d/.test(token)) return Number(token);
  if (token.length > mostDigits)
    throw new QuarantineError('corrupt', `a number of ${token.length} digits, at most ${mostDigits} are read`);
  const number = BigInt(token);
  return number > largestNumber || number < -largestNumber ? number : Number(token);
}

const notJson = (cause: unknown): QuarantineError =>
  cause instanceof QuarantineError
    ? cause
    : new QuarantineError('corrupt', `not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });

function parseMarked(text: string): unknown {
  try {
    return JSON.parse(markNumbers(text), unmark);
  } catch (cause) {
    throw notJson(cause);
  }
}

function parsePlain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!/NaN|Infinity/.test(text)) throw notJson(cause);
    return parseMarked(text);
  }
}

/**
 * The value of a JSON text.
 *
 * @throws QuarantineError `corrupt` when it is no JSON, nested deeper than 900 or has a number of more than 4,300 digits; `lone-surrogate`
 * @example parseJson('{"id": 9007199254740993, "score": NaN}') // { id: 9007199254740993n, score: NaN }
 */
export function parseJson(text: string): unknown {
  const value = parsePlain(text);
  return inspect(value, text.includes('\\u'), 1) ? parseMarked(text) : value;
}

/**
 * A value of a row as JSON: a `bigint` with all its digits, bytes as base64, `NaN` and infinities as null.
 *
 * @example jsonText({ id: 9007199254740993n }) // '{"id":9007199254740993}'
 */
export function jsonText(value: unknown): string {
  let marked = false;
  const text = JSON.stringify(value, (_name, item: unknown) => {
    if (item instanceof Uint8Array) return Buffer.from(item).toString('base64');
    if (typeof item !== 'bigint') return item;
    marked = true;
    return `${mark}${item}`;
  });
  return marked ? text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1') : text;
}

/** A value as a row. @throws QuarantineError `corrupt` where it is no object */
export function asRow(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw new QuarantineError('corrupt', `got ${jsonText(value).slice(0, 40)}, expected a JSON object`);
}

/**
 * The object that a JSON text is.
 *
 * @throws QuarantineError as `parseJson`, and `corrupt` for any other value
 */
export const parseRow = (text: string): Readonly<Record<string, unknown>> => asRow(parseJson(text));
