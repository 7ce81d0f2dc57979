/** @file The query language over the samples of a dataset: `task:T3 -cracked:* windows>2 length:8000..`. */
import { unknownValue } from '../../../errors.ts';
import { type SampleRow, verdictWord } from '../dataset-api.ts';
import { isWanted, numberOf, rangeOf } from './condition.ts';
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
  verdict: ({ review }) => [verdictWord(review)],
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

const compare: Readonly<Record<Operator, (got: number, wanted: number) => boolean>> = {
  ':': (got, wanted) => got === wanted,
  '=': (got, wanted) => got === wanted,
  '!=': (got, wanted) => got !== wanted,
  '>': (got, wanted) => got > wanted,
  '<': (got, wanted) => got < wanted,
  '>=': (got, wanted) => got >= wanted,
  '<=': (got, wanted) => got <= wanted,
};

const holds =
  (read: (row: SampleRow) => number | undefined, test: (got: number) => boolean): Test =>
  (row) => {
    const got = read(row);
    return got !== undefined && test(got);
  };

function numberTest(field: string, operator: Operator, value: string): Test {
  const read = numbers[field] ?? (() => undefined);
  const range = rangeOf(value, field);
  if (range !== undefined) {
    const [low, high] = range;
    return holds(read, (got) => got >= low && got <= high);
  }
  const wanted = numberOf(value, field);
  return holds(read, (got) => compare[operator](got, wanted));
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
  const wanted = isWanted(operator, field);
  const read = words[field] ?? (() => []);
  const patterns = value.split(',').map((word) => pattern(field, word));
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
