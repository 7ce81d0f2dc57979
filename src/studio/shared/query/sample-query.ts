/** @file The query language over the samples of a dataset: `task:T3 -cracked:* windows>2 length:8000..`. */
import { UsageError, unknownValue } from '../../../errors.ts';
import type { SampleRow } from '../dataset-api.ts';
import type { Operator } from './lex.ts';
import { parseQuery, type Query } from './parse.ts';

/** Numbers of a sample by name; undefined where it has none, and then no condition on it holds. */
const numbers: Readonly<Record<string, (row: SampleRow) => number | undefined>> = {
  length: ({ tokens }) => tokens,
  windows: ({ windows }) => windows,
  spread: ({ spread }) => spread,
  documents: ({ documents }) => documents,
  repairs: ({ repairs }) => repairs,
  row: ({ row }) => row,
};

/** Words of a sample by name. */
const words: Readonly<Record<string, (row: SampleRow) => readonly string[]>> = {
  task: ({ task }) => [task],
  generator: ({ generator }) => [generator],
  subtask: ({ subtask }) => [subtask],
  split: ({ split }) => [split],
  language: ({ language }) => [language],
  source: ({ sources }) => sources,
  licence: ({ licences }) => licences,
  cracked: ({ crackedBy }) => crackedBy,
  difficulty: ({ difficulty }) => [difficulty],
  model: ({ model }) => [model],
  imported: ({ imported }) => [imported],
  sample: ({ id }) => [id],
  verdict: ({ review }) => [review === undefined ? 'open' : (review.verdict ?? 'note')],
};

/** What `is:` may say, and what it stands for. */
const shorthands: Readonly<Record<string, string>> = {
  cracked: 'cracked:?*',
  open: 'verdict:open',
  accepted: 'verdict:accept',
  rejected: 'verdict:reject',
  repaired: 'repairs>0',
  written: 'model:?*',
  imported: 'imported:?*',
};

export const sampleFields: readonly string[] = [...Object.keys(numbers), ...Object.keys(words), 'is'];

type Test = (row: SampleRow) => boolean;

const wrong = (message: string): UsageError => new UsageError('query-invalid', message);

function toNumber(text: string, field: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw wrong(`query, ${field}: got "${text}", expected a number or a range such as 10..20`);
  return value;
}

const compare: Readonly<Record<Operator, (got: number, wanted: number) => boolean>> = {
  ':': (got, wanted) => got === wanted,
  '=': (got, wanted) => got === wanted,
  '!=': (got, wanted) => got !== wanted,
  '>': (got, wanted) => got > wanted,
  '<': (got, wanted) => got < wanted,
  '>=': (got, wanted) => got >= wanted,
  '<=': (got, wanted) => got <= wanted,
};

function numberTest(field: string, operator: Operator, value: string): Test {
  const read = numbers[field] ?? (() => undefined);
  const range = /^(.*?)\.\.(.*)$/.exec(value);
  const [low, high] =
    range === null
      ? [toNumber(value, field), 0]
      : [
          range[1] ? toNumber(range[1], field) : Number.NEGATIVE_INFINITY,
          range[2] ? toNumber(range[2], field) : Number.POSITIVE_INFINITY,
        ];
  return (row) => {
    const got = read(row);
    if (got === undefined) return false;
    return range === null ? compare[operator](got, low) : got >= low && got <= high;
  };
}

/** `*` stands for anything, `?` for one letter; the beginning of an id is enough. */
function pattern(field: string, value: string): RegExp {
  const escaped = value
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}${field === 'sample' ? '' : '$'}`, 'is');
}

function wordTest(field: string, operator: Operator, value: string): Test {
  if (operator !== ':' && operator !== '=' && operator !== '!=')
    throw wrong(`query, ${field}: got "${operator}", expected ":" or "!=": ${field} is a word`);
  const read = words[field] ?? (() => []);
  const patterns = value.split(',').map((word) => pattern(field, word));
  const wanted = operator !== '!=';
  return (row) => read(row).some((word) => patterns.some((one) => one.test(word))) === wanted;
}

function conditionTest({ field, operator, value }: Extract<Query, { type: 'condition' }>): Test {
  if (field === 'is') {
    const meant = Object.hasOwn(shorthands, value) ? shorthands[value] : undefined;
    if (meant === undefined) throw unknownValue('is', value, Object.keys(shorthands));
    return testOf(parseQuery(meant));
  }
  if (Object.hasOwn(numbers, field)) return numberTest(field, operator, value);
  if (Object.hasOwn(words, field)) return wordTest(field, operator, value);
  throw unknownValue('query', field, sampleFields);
}

function testOf(query: Query): Test {
  if (query.type === 'condition') return conditionTest(query);
  if (query.type === 'text') {
    const needle = query.value.toLowerCase();
    return ({ question, gold, review }) =>
      [question, gold, review?.note ?? ''].some((text) => text.toLowerCase().includes(needle));
  }
  if (query.type === 'not') {
    const inner = testOf(query.of);
    return (row) => !inner(row);
  }
  const tests = query.of.map(testOf);
  return query.type === 'any' ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

/** Whether a sample is meant; words without a field are searched in question, gold and note. @throws UsageError that says what is wrong */
export const sampleTest = (query: string): Test => testOf(parseQuery(query));
