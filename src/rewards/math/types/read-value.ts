/**
 * @file All readings of a text as a mathematical value, most specific first. Prose is no value: the statement's readers take
 * the answer out of it first.
 */
import type { Expr } from '../expr.ts';
import { strictParse } from '../parse/strict-parse.ts';
import { readRestated } from './compare/restated.ts';
import type { Context } from './context.ts';
import { chineseToDigits } from './han-numerals.ts';
import { englishToDigits } from './number-words.ts';
import { bareCondition, builder, usualSpelling } from './other-spellings.ts';
import { readDate, readTime } from './read-calendar.ts';
import { caseLines, collection, inBrackets, itemsOf, plusMinus, vectorItems } from './read-collection.ts';
import { bareDigits, readBase, readRatio, shortBase } from './read-forms.ts';
import { readRelations } from './read-relation.ts';
import { isScalarTree, readScalars, withoutApproximation } from './read-scalar.ts';
import { specialWord } from './read-words.ts';
import { isEnclosed } from './split.ts';
import type { Value } from './value.ts';

const deepest = 6;
const longest = 2000;
const setTypes = new Set(['interval', 'setOperation', 'numberSet']);
const infinity: Expr = { kind: 'constant', name: 'oo' };

const specials: Readonly<Record<string, Value>> = {
  empty: { type: 'region', expr: { kind: 'numberSet', name: 'Empty' } },
  all: { type: 'region', expr: { kind: 'numberSet', name: 'Reals' } },
  infinity: { type: 'scalar', expr: infinity },
  '-infinity': {
    type: 'scalar',
    expr: { kind: 'multiply', args: [{ kind: 'number', value: { n: -1n, d: 1n }, decimal: false }, infinity] },
  },
  undefined: { type: 'words', text: 'undefined' },
  many: { type: 'words', text: 'infinitely many' },
};

/** Number words as digits; where nothing else is mathematics they may be the whole answer. */
const withDigits = (text: string): string => chineseToDigits(englishToDigits(text));

const plainNumber = /^-?\d{1,15}$/;

/** The readings of a text that `cleanAnswer` has been over. */
export function readValues(source: string, context: Context, depth = 0): readonly Value[] {
  const text = usualSpelling(source.replace(/[\s,;]+$/, '').trim());
  if (plainNumber.test(text)) return readScalars(text);
  if (text === '' || text.length > longest || depth > deepest) return [];
  const special = specialWord(text);
  if (special !== undefined) return [specials[special] ?? { type: 'words', text: special }];
  const unwrapped = text.startsWith('{') && isEnclosed(text, '{', '}') && !/[,;]/.test(text) ? text.slice(1, -1) : text;
  const digits = withDigits(unwrapped);
  const again = readRestated(digits, unwrapped, context, (part) => readValues(part, context, depth + 1));
  if (again !== undefined) return again;
  const moment = calendar(text, digits, context);
  return moment.length > 0 && !/:|^\d+\s*时/.test(text) ? moment : [...moment, ...structured(digits, context, depth)];
}

function calendar(text: string, digits: string, context: Context): Value[] {
  const date = readDate(text, context) ?? readDate(digits, context);
  if (date !== undefined) return [date];
  const time = readTime(digits);
  return time === undefined ? [] : [time];
}

function structured(text: string, context: Context, depth: number): readonly Value[] {
  const based = readBase(text) ?? bareDigits(text, context.baseAsked);
  if (based !== undefined) return [based];
  const values = uncommon(text, context, depth);
  const short = values.length > 0 ? shortBase(text, context.baseAsked) : undefined;
  return short === undefined ? values : [...values, short];
}

function uncommon(text: string, context: Context, depth: number): readonly Value[] {
  const read = (part: string): readonly Value[] => readValues(part, context, depth + 1);
  const lines = caseLines(text);
  if (lines !== undefined) return many(lines.texts, 'bare', lines.joint, read);
  const excepted =
    /^(?:for )?all (?:real numbers?|reals?|real [a-z]|[a-z])(?: [a-z])? (?:except|other than|but|excluding)(?: for)? (.+)$/i.exec(
      text,
    )?.[1];
  if (excepted !== undefined)
    return read(`\\mathbb{R}\\setminus\\{${excepted.replace(/^[a-z]\s*=\s*/, '').replace(/\s+and\s+/, ', ')}\\}`);
  const family = readFamily(text);
  if (family !== undefined) return [family];
  const ratio = readRatio(text);
  if (ratio !== undefined) return [ratio, ...(text.includes(':') ? [] : readScalars(text))];
  const readings: Value[] = [];
  const listed = itemsOf(text);
  if (listed !== undefined) readings.push(...many(listed.texts, 'bare', listed.joint, read));
  if (readings.length > 0) return [...readings, ...readScalars(text)];
  const signs = plusMinus(text);
  if (signs !== undefined && inBrackets(text) === undefined) return many(signs.texts, 'bare', 'or', read);
  const relations = readRelations(text, read, context.question);
  if (relations.length > 0) return relations;
  readings.push(...bracketed(text, read), ...regions(text), ...matrices(text));
  const vector = vectorItems(text);
  if (vector !== undefined) readings.push(...many(vector.texts, 'tuple', 'comma', read));
  if (readings.length === 0 || !/^[([\\]/.test(text)) readings.push(...readScalars(withoutApproximation(text)));
  return readings;
}

function many(
  texts: readonly string[],
  form: 'bare' | 'set' | 'tuple',
  joint: 'and' | 'or' | 'comma',
  read: (text: string) => readonly Value[],
  square?: boolean,
): Value[] {
  const items = distributed(texts).map(read);
  return items.every((item) => item.length > 0) ? [collection(form, joint, items, square)] : [];
}

/** `3, 4 and 5 cm`: a unit behind the last item belongs to all. */
function distributed(texts: readonly string[]): readonly string[] {
  const last = texts.at(-1) ?? '';
  const unit = /^-?[\d.]+\s*([a-zA-Z°]{1,8}(?:\^\{?\d\}?)?)$/.exec(last)?.[1];
  if (unit === undefined || !texts.slice(0, -1).every((text) => /^-?[\d.]+$/.test(text))) return texts;
  return texts.map((text, i) => (i === texts.length - 1 ? text : `${text} ${unit}`));
}

function bracketed(text: string, read: (text: string) => readonly Value[]): Value[] {
  const found = inBrackets(text);
  if (found === undefined) return [];
  const { inner, form, square } = found;
  if (form === 'set') {
    const condition = builder.exec(inner.trim())?.[2];
    if (condition !== undefined) return [...read(bareCondition(condition))];
  }
  if (inner.trim() === '')
    return form === 'set' ? [{ type: 'region', expr: { kind: 'numberSet', name: 'Empty' } }] : [];
  const listed = itemsOf(inner);
  if (listed !== undefined) return many(listed.texts, form, listed.joint, read, square);
  const signs = plusMinus(inner);
  if (signs !== undefined) return many(signs.texts, form === 'set' ? 'set' : 'bare', 'or', read);
  // {5} is the set of 5; (5) is 5.
  const values = read(inner);
  return form === 'set' && values.length > 0 ? [collection('set', 'comma', [values])] : [...values];
}

function regions(text: string): Value[] {
  if (!/^[([{\\]|\\cup|\\cap|\\setminus|\\mathbb/.test(text)) return [];
  const expr = strictParse(
    text.replace(/\\(?:bigcup|vee)(?![a-z])/g, '\\cup ').replace(/(?<=[)\]])\s*U\s*(?=[([])/g, '\\cup '),
  );
  if (expr === undefined) return [];
  if (setTypes.has(expr.kind)) return [{ type: 'region', expr }];
  return [];
}

function matrices(text: string): Value[] {
  if (!text.includes('\\begin')) return [];
  const plain = text
    .replace(/^[([]?\s*(\\begin\s*\{array\}.*\\end\s*\{array\})\s*[)\]]?$/s, '$1')
    .replace(/\\begin\s*\{array\}\s*\{[lcr|\s@]*\}/g, '\\begin{matrix}')
    .replace(/\\end\s*\{array\}/g, '\\end{matrix}')
    .replace(/\\\\\s*(?=\\end)/g, '')
    .replace(/\\\\\[[^\]]*\]/g, '\\\\');
  const expr = strictParse(plain);
  return expr === undefined || (isScalarTree(expr) && !plain.includes('matrix')) || expr.kind === 'relation'
    ? []
    : [{ type: 'matrix', expr }];
}

const condition =
  /^(.+?)\s*(?:[,(]|\bfor\b)\s*(?:for )?(?:where |for (?:any |all |some )?)?(?:integers? )?([a-zA-Z])\s*(?:\\in\s*(?:\\mathbb\s*\{?Z\}?|Z)|is (?:an|any) integer|(?:is|为)?整数|an integer|any integer)\s*\)?$/s;
const forIntegers =
  /^(.+?)\s*(?:[,(]\s*)?(?:for|where)\s+(?:(?:any|all|some|every|an)\s+)?integers?\s+([a-zA-Z])\s*\)?$/s;

/** `\frac{\pi}{2} + k\pi, k \in \mathbb{Z}`. */
function readFamily(text: string): Value | undefined {
  const match = condition.exec(text) ?? forIntegers.exec(text);
  if (match === null) return undefined;
  const body = (match[1] ?? '').replace(/^[a-zA-Z]\s*=\s*/, '');
  const texts = plusMinus(body)?.texts ?? [body];
  const members = texts.flatMap((member) => {
    const expr = strictParse(member);
    return expr === undefined || !isScalarTree(expr) ? [] : [expr];
  });
  const parameter = (match[2] ?? '').toLowerCase();
  return members.length === texts.length ? { type: 'family', members, parameter } : undefined;
}
