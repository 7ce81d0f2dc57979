/** @file When two readings are the same answer; the gold's reading leads. */
import { type Expr, exprText } from '../../expr.ts';
import type { Context } from '../context.ts';
import { sameFamily, substituted } from '../family.ts';
import { sameDate, sameTime } from '../read-calendar.ts';
import type { Assignment, BaseNumber, Scalar, Value } from '../value.ts';
import { sameCollection } from './compare-collections.ts';
import { regionOf, sameRegion } from './compare-regions.ts';
import { sameRelation } from './compare-relations.ts';
import { sameNumber, sameScalar } from './compare-scalars.ts';
import { sameExpr } from './same-expr.ts';

/** Whether any reading of the answer equals any reading of the gold. */
export function sameAnswer(gold: readonly Value[], answer: readonly Value[], context: Context): boolean {
  return gold.some((a) => answer.some((b) => sameValue(a, b, context)));
}

/** A value's name taken off, where the other side has none. */
const named = (name: string | undefined): string | undefined => name?.replace(/_\w+$/, '').toLowerCase();

/** The arguments of a function's name, where they are variables: `x` of `f^-1(x)`, of `(f\circg)(x)` and of `f(g(x))`. */
const functionOf = (name: string): string | undefined =>
  /^(?:[a-zA-Z](?:\^-1)?'*|\([a-zA-Z]\\circ[a-zA-Z]\)|[a-zA-Z]\([a-zA-Z])\(([a-z](?:,[a-z])*)\)+$/.exec(name)?.[1];

function sameName(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  if (named(a) === named(b) || named(a)?.replace(/\(.*/, '') === named(b)?.replace(/\(.*/, '')) return true;
  // A function and its graph: y = 2x and f(x) = 2x.
  const [f, g] = [functionOf(a), functionOf(b)];
  if (f !== undefined && g !== undefined) return f === g;
  return (f !== undefined && b === 'y') || (g !== undefined && a === 'y');
}

/** f beside its own inverse or derivative: f(x) is no f'(x), though the name alone says nothing. */
function otherOfSameFunction(a = '', b = ''): boolean {
  if (functionOf(a) === undefined || functionOf(b) === undefined || a.charAt(0) !== b.charAt(0)) return false;
  return /^[a-zA-Z]/.test(a) && a.replace(/\(.*/, '') !== b.replace(/\(.*/, '');
}

/** `f(x) = 2x` and `g(t) = 2t`. */
function sameFunction(gold: Assignment, answer: Assignment): boolean {
  const [x, t] = [gold.name, answer.name].map((name) => (name === undefined ? undefined : functionOf(name)));
  if (x === undefined || t === undefined || x === t || x.length > 1 || t.length > 1) return false;
  const [a, b] = [gold.values[0], answer.values[0]];
  if (a?.type !== 'scalar' || b?.type !== 'scalar') return false;
  if (new RegExp(`(?<![a-zA-Z])${x}(?![a-zA-Z])`).test(exprText(b.expr))) return false;
  return sameExpr(a.expr, substituted(b.expr, t, { kind: 'symbol', name: x, real: true }));
}

function sameAssignment(gold: Assignment, answer: Assignment, context: Context): boolean {
  if (otherOfSameFunction(gold.name, answer.name)) return false;
  if (sameName(gold.name, answer.name) && sameAnswer(gold.values, answer.values, context)) return true;
  if (sameFunction(gold, answer)) return true;
  return gold.equation !== undefined && answer.equation !== undefined && sameRelation(gold.equation, answer.equation);
}

/** Of values of unlike types some are equal all the same: `x = 5` and 5, an inequality and its interval. */
export function sameValue(gold: Value, answer: Value, context: Context): boolean {
  if (gold.type === 'assignment' && answer.type === 'assignment') return sameAssignment(gold, answer, context);
  if (gold.type === 'assignment') {
    if (answer.type === 'relation') return gold.equation !== undefined && sameRelation(gold.equation, answer.expr);
    return gold.values.some((value) => sameValue(value, answer, context));
  }
  if (answer.type === 'assignment') {
    if (gold.type === 'relation') return answer.equation !== undefined && sameRelation(gold.expr, answer.equation);
    return answer.values.some((value) => sameValue(gold, value, context));
  }
  if (gold.type === 'scalar' && answer.type === 'scalar') return sameScalar(gold, answer, context);
  if (gold.type === 'date' && answer.type === 'date') return sameDate(gold, answer);
  if (gold.type === 'time' && answer.type === 'time') return sameTime(gold, answer);
  if (gold.type === 'words' && answer.type === 'words') return gold.text === answer.text;
  if (gold.type === 'words' || answer.type === 'words') return sameInfinity(gold, answer, context);
  if (gold.type === 'family' && answer.type === 'family') return sameFamily(gold, answer);
  if (gold.type === 'matrix' && answer.type === 'matrix') return sameMatrices(gold.expr, answer.expr, context);
  return mixed(gold, answer, context);
}

/** Equal as they stand, or entry by entry within what the sample tolerates. */
function sameMatrices(gold: Expr, answer: Expr, context: Context): boolean {
  if (sameExpr(gold, answer)) return true;
  if (gold.kind !== 'matrix' || answer.kind !== 'matrix' || gold.rows.length !== answer.rows.length) return false;
  return gold.rows.every((row, i) => {
    const other = answer.rows[i] ?? [];
    return (
      row.length === other.length && row.every((expr, j) => sameNumber({ expr }, { expr: other[j] ?? expr }, context))
    );
  });
}

/** A count without end: `infinitely many` and infinity; the gold or the question says that it is a count. */
function sameInfinity(gold: Value, answer: Value, context: Context): boolean {
  const [words, other] = gold.type === 'words' ? [gold, answer] : [answer, gold];
  if (words.type !== 'words' || words.text !== 'infinitely many' || other.type !== 'scalar') return false;
  const endless = other.expr.kind === 'constant' && other.expr.name === 'oo';
  return endless && (gold.type === 'words' || context.countAsked);
}

/** Readings of different types that can still be one answer. */
function mixed(gold: Value, answer: Value, context: Context): boolean {
  if (gold.type === 'ratio' || answer.type === 'ratio') return sameRatio(gold, answer, context);
  if (gold.type === 'base' || answer.type === 'base') return sameBase(gold, answer, context);
  if (gold.type === 'relation' && answer.type === 'relation') return sameRelation(gold.expr, answer.expr);
  if (context.relationsAsSets !== false || gold.type === answer.type) {
    const [a, b] = [regionOf(gold), regionOf(answer)];
    if (a !== undefined && b !== undefined && (isRegion(gold) || isRegion(answer)) && sameRegion(a, b, context))
      return true;
  }
  return sameCollection(gold, answer, context, sameAnswer);
}

const isRegion = ({ type }: Value): boolean => type === 'region' || type === 'relation';

function proportional(a: readonly Expr[], b: readonly Expr[]): boolean {
  const [a0] = a;
  const [b0] = b;
  if (a.length !== b.length || a0 === undefined || b0 === undefined) return false;
  const cross = (x: Expr, y: Expr): Expr => ({ kind: 'multiply', args: [x, y] });
  return a.every((term, i) => sameExpr(cross(term, b0), cross(b[i] ?? term, a0)));
}

/** 2:3 equals 4:6, and 2/3 where the question asks for a ratio. */
function sameRatio(gold: Value, answer: Value, context: Context): boolean {
  if (gold.type === 'ratio' && answer.type === 'ratio') return proportional(gold.terms, answer.terms);
  const [ratio, other] = gold.type === 'ratio' ? [gold, answer] : answer.type === 'ratio' ? [answer, gold] : [];
  const [top, bottom] = ratio?.terms ?? [];
  if (other?.type !== 'scalar' || ratio?.terms.length !== 2 || top === undefined || bottom === undefined) return false;
  if (!context.ratioAsked || other.unit !== undefined || other.percent) return false;
  return sameExpr({ kind: 'multiply', args: [other.expr, bottom] }, top);
}

const digitsOf = ({ literal, expr }: Scalar): string | undefined =>
  expr.kind === 'number' && expr.value.d === 1n && literal !== undefined ? String(expr.value.n) : undefined;

/** Digits and base must agree; bare digits take the base of the other side, of the question, or ten. */
function sameBase(gold: Value, answer: Value, context: Context): boolean {
  if (gold.type === 'base' && answer.type === 'base') {
    const base = gold.base ?? context.baseAsked ?? answer.base;
    return gold.digits === answer.digits && base === (answer.base ?? base);
  }
  const [based, other] = gold.type === 'base' ? [gold, answer] : [answer as BaseNumber, gold];
  if (other.type !== 'scalar' || other.unit !== undefined || other.percent) return false;
  const digits = digitsOf(other);
  if (gold.type === 'base') return digits === based.digits;
  const base = context.baseAsked ?? 10;
  return based.base === base && digits === based.digits;
}
