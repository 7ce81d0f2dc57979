/**
 * @file Lists, sets, tuples and systems. Tuples, and lists that the question or the sample wants in order, compare item by item;
 * sets and bare lists as what they hold. Named items (`x = 7, y = 3`) are matched by name; a matrix of one row or column is a tuple.
 */
import type { Expr } from '../../expr.ts';
import type { Context } from '../context.ts';
import type { Collection, Value } from '../value.ts';
import { nearValue } from './same-expr.ts';

type SameAnswer = (gold: readonly Value[], answer: readonly Value[], context: Context) => boolean;
type Items = readonly (readonly Value[])[];

const mostItems = 100;

const scalar = (expr: Expr): Value => ({ type: 'scalar', expr });
const tupleOf = (values: readonly Value[]): Collection => ({
  type: 'collection',
  form: 'tuple',
  joint: 'comma',
  items: values.map((value) => [value]),
});

function asCollection(value: Value): Collection | undefined {
  if (value.type === 'collection') return value;
  if (value.type !== 'matrix' || value.expr.kind !== 'matrix') return undefined;
  const { rows } = value.expr;
  const flat = rows.length === 1 || rows[0]?.length === 1;
  return flat ? tupleOf(rows.flat().map(scalar)) : tupleOf(rows.map((row) => tupleOf(row.map(scalar))));
}

const nameOf = (readings: readonly Value[]): string | undefined => {
  const [only] = readings;
  return only?.type === 'assignment' ? only.name?.toLowerCase() : undefined;
};

/** The names of the items where each has its own; undefined otherwise. */
function distinctNames(items: Items): string[] | undefined {
  const names = items.map(nameOf);
  if (names.includes(undefined)) return undefined;
  const stems = new Set(names.map((name = '') => name.replace(/_.*$/, '')));
  // x_1 = 2, x_2 = 5 are two values of x.
  return stems.size === items.length ? names.flatMap((name) => name ?? []) : undefined;
}

function inOrder(gold: Items, answer: Items, context: Context, same: SameAnswer): boolean {
  return gold.every((item, i) => same(item, answer[i] ?? [], context));
}

/** A pairing of equal items, each used once; for sets repetition does not count. */
function paired(gold: Items, answer: Items, context: Context, same: SameAnswer): boolean {
  const open = [...answer];
  for (const item of gold) {
    const found = open.findIndex((candidate) => same(item, candidate, context));
    if (found < 0) return false;
    open.splice(found, 1);
  }
  return open.length === 0;
}

const covers = (a: Items, b: Items, context: Context, same: SameAnswer): boolean =>
  a.every((item) => b.some((candidate) => same(item, candidate, context)));

function byName(gold: Items, answer: Items, context: Context, same: SameAnswer): boolean | undefined {
  const [a, b] = [distinctNames(gold), distinctNames(answer)];
  if (a === undefined || b === undefined) return undefined;
  return a.every((name, i) => {
    const place = b.indexOf(name);
    return place >= 0 && same(gold[i] ?? [], answer[place] ?? [], context);
  });
}

/** `same` compares two items by their readings. Collections of more than a hundred items are never equal. */
export function sameCollection(goldValue: Value, answerValue: Value, context: Context, same: SameAnswer): boolean {
  const gold = asCollection(goldValue);
  const answer = asCollection(answerValue);
  if (gold === undefined || answer === undefined) return singleton(gold, answer, goldValue, answerValue, context, same);
  if (gold.items.length > mostItems || answer.items.length > mostItems) return false;
  if (gold.form !== answer.form && gold.form !== 'bare' && answer.form !== 'bare') return false;
  if (gold.form === 'set')
    return covers(gold.items, answer.items, context, same) && covers(answer.items, gold.items, context, reversed(same));
  if (otherBrackets(gold, answer, context)) return false;
  if (gold.items.length !== answer.items.length) return repeatsTuples(gold, answer, context, same);
  const named = byName(gold.items, answer.items, context, same);
  // "x = 1 or y = 2" states neither.
  if (named !== undefined && (gold.joint === 'or') !== (answer.joint === 'or')) return false;
  if (named !== undefined) return named;
  const named1 = distinctNames(gold.items) ?? distinctNames(answer.items);
  const ordered =
    context.ordered ??
    (gold.form === 'tuple' ||
      answer.form === 'tuple' ||
      named1 !== undefined ||
      (context.inOrder && gold.form === 'bare'));
  return ordered ? inOrder(gold.items, answer.items, context, same) : paired(gold.items, answer.items, context, same);
}

/** An item as a number; undefined where it is none or holds letters. */
const numberOf = (readings: readonly Value[]): number | undefined =>
  readings.flatMap((value) => (value.type === 'scalar' ? [nearValue(value.expr)] : []))[0];

/** `(1, 2)` beside `[1, 2]`: intervals, unless the question speaks of lists or points, or the second falls below the first. */
function otherBrackets(gold: Collection, answer: Collection, context: Context): boolean {
  if (gold.form !== 'tuple' || answer.form !== 'tuple' || gold.items.length !== 2) return false;
  if (gold.square === undefined || answer.square === undefined || gold.square === answer.square) return false;
  if (context.listAsked) return false;
  const [low, high] = gold.items.map(numberOf);
  return low === undefined || high === undefined || low < high;
}

/** A list of tuples that says one of them twice. */
function repeatsTuples(gold: Collection, answer: Collection, context: Context, same: SameAnswer): boolean {
  const tuples = (items: Items): boolean => items.every((item) => item.some(({ type }) => type === 'collection'));
  if (gold.form === 'tuple' || answer.form === 'tuple' || !tuples(gold.items) || !tuples(answer.items)) return false;
  return covers(gold.items, answer.items, context, same) && covers(answer.items, gold.items, context, reversed(same));
}

const reversed =
  (same: SameAnswer): SameAnswer =>
  (answer, gold, context) =>
    same(gold, answer, context);

/** One item beside a set of one: {5} and 5. */
function singleton(
  gold: Collection | undefined,
  answer: Collection | undefined,
  goldValue: Value,
  answerValue: Value,
  context: Context,
  same: SameAnswer,
): boolean {
  if (gold?.items.length === 1 && gold.form === 'set') return same(gold.items[0] ?? [], [answerValue], context);
  if (answer?.items.length === 1 && answer.form === 'set') return same([goldValue], answer.items[0] ?? [], context);
  return false;
}
