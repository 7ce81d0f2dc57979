/** @file A query as a test of a row. Words are looked up once, so that a million rows are compared by number. */
import { UsageError, unknownValue } from '../../../errors.ts';
import type { RolloutColumns } from './columns.ts';
import { isWanted, numberOf, rangeOf } from './condition.ts';
import {
  fieldNames,
  type NumberField,
  numberFields,
  reader,
  shorthands,
  type WordField,
  wordFields,
} from './fields.ts';
import type { Operator } from './lex.ts';
import { parseQuery, type Query } from './parse.ts';

/** Whether a row is meant. */
export type Test = (row: number) => boolean;

/** The part of a query that columns decide, and the part that only the texts can. */
export interface CompiledQuery {
  readonly test: Test;
  readonly texts: readonly { readonly needle: string; readonly wanted: boolean }[];
}

const always: Test = () => true;

function numberTest(columns: RolloutColumns, field: NumberField, operator: Operator, value: string): Test {
  const read = reader(columns, field);
  const range = operator === ':' || operator === '=' ? rangeOf(value, field) : undefined;
  if (range !== undefined) {
    const [low, high] = range;
    return (row) => read(row) >= low && read(row) <= high;
  }
  const wanted = numberOf(value, field);
  // Rewards are kept in 32 bits.
  const same = (got: number) => Math.abs(got - wanted) < 1e-6;
  if (operator === '>') return (row) => read(row) > wanted && !same(read(row));
  if (operator === '<') return (row) => read(row) < wanted && !same(read(row));
  if (operator === '>=') return (row) => read(row) >= wanted || same(read(row));
  if (operator === '<=') return (row) => read(row) <= wanted || same(read(row));
  if (operator === '!=') return (row) => !same(read(row));
  return (row) => same(read(row));
}

/** `*` stands for anything; samples and prompts are hashes, whose beginning is enough. */
function wordPattern(field: WordField, value: string): RegExp {
  const escaped = value.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}${field === 'sample' || field === 'prompt' ? '' : '$'}`, 'i');
}

function wordTest(columns: RolloutColumns, field: WordField, operator: Operator, value: string): Test {
  const sought = Number(isWanted(operator, field));
  const read = reader(columns, field);
  const patterns = value.split(',').map((word) => wordPattern(field, word));
  const wanted = Uint8Array.from(columns.words[field].list, (word) =>
    patterns.some((pattern) => pattern.test(word)) ? 1 : 0,
  );
  return (row) => wanted[read(row)] === sought;
}

function conditionTest(columns: RolloutColumns, query: Extract<Query, { type: 'condition' }>): Test {
  const { field, operator, value } = query;
  if (field === 'is') {
    const meant = shorthands[value as keyof typeof shorthands];
    if (meant === undefined) throw unknownValue('is', value, Object.keys(shorthands));
    return tree(columns, parseQuery(meant));
  }
  if (Object.hasOwn(numberFields, field)) return numberTest(columns, field as NumberField, operator, value);
  if (Object.hasOwn(wordFields, field)) return wordTest(columns, field as WordField, operator, value);
  throw unknownValue('query', field, fieldNames);
}

function tree(columns: RolloutColumns, query: Query): Test {
  if (query.type === 'condition') return conditionTest(columns, query);
  if (query.type === 'text')
    throw new UsageError(
      'query-invalid',
      `query: "${query.value}" is searched in texts, which goes beside conditions, not under "or".`,
    );
  if (query.type === 'not') {
    const inner = tree(columns, query.of);
    return (row) => !inner(row);
  }
  const tests = query.of.map((each) => tree(columns, each));
  if (tests.length === 0) return always;
  if (query.type === 'any') return (row) => tests.some((test) => test(row));
  return tests.reduce((both, test) => (row) => both(row) && test(row));
}

/** The words at the top of a query that are searched in texts. */
function textOf(query: Query): { needle: string; wanted: boolean } | undefined {
  if (query.type === 'text') return { needle: query.value.toLowerCase(), wanted: true };
  if (query.type === 'not' && query.of.type === 'text') return { needle: query.of.value.toLowerCase(), wanted: false };
  return undefined;
}

/** @throws UsageError that says what is wrong with the query */
export function compileQuery(columns: RolloutColumns, text: string): CompiledQuery {
  const query = parseQuery(text);
  const parts = query.type === 'all' ? query.of : [query];
  const texts = parts.map(textOf).filter((found) => found !== undefined);
  const rest = parts.filter((part) => textOf(part) === undefined);
  return { test: tree(columns, { type: 'all', of: rest }), texts };
}

/** Numbers of the rows that the columns let through, ascending. */
export function selectRows(columns: RolloutColumns, { test }: CompiledQuery): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(columns.length);
  let count = 0;
  for (let row = 0; row < columns.length; row++) if (test(row)) found[count++] = row;
  return found.slice(0, count);
}
