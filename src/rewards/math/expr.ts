/**
 * @file The tree of a mathematical answer, as the parser builds it: unevaluated, because equality asks what was written
 * (a decimal, a percentage, a tuple) as well as what it is worth.
 */
import type { Rational } from './rational.ts';
import { rationalText } from './rational.ts';

/** Signs between two sides, as the parser writes them whatever the LaTeX was. */
export const relations = ['=', '<', '<=', '>', '>=', '!='] as const;
/** A sign of a relation. */
export type RelationOp = (typeof relations)[number];

/** The sign after both sides were exchanged, or multiplied by a negative number. */
export const flipped: Readonly<Record<RelationOp, RelationOp>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
/** SymPy's names: `I` is the imaginary unit, `oo` infinity, `zoo` what division by zero gives. */
export type ConstantName = 'pi' | 'e' | 'I' | 'oo' | 'EulerGamma' | 'zoo';
/** The sets with a letter of their own, such as the reals. */
export type NumberSetName = 'Naturals' | 'Integers' | 'Rationals' | 'Reals' | 'Complexes' | 'Empty';

/** One node; `kind` says which. */
export type Expr =
  /** A number; `decimal` when written with a point, which is compared to six places. */
  | { readonly kind: 'number'; readonly value: Rational; readonly decimal: boolean }
  /** A variable; unlike symbols of equal name when one stands in a complex context (the reference's assumption differs). */
  | { readonly kind: 'symbol'; readonly name: string; readonly real: boolean }
  | { readonly kind: 'constant'; readonly name: ConstantName }
  | { readonly kind: 'add'; readonly args: readonly Expr[] }
  | { readonly kind: 'multiply'; readonly args: readonly Expr[] }
  | { readonly kind: 'power'; readonly base: Expr; readonly exponent: Expr }
  /** x percent: x / 100, remembered. */
  | { readonly kind: 'percent'; readonly value: Expr }
  /** A named function; names that are not known functions are unknown functions. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: 'relation'; readonly op: RelationOp; readonly left: Expr; readonly right: Expr }
  /** A chain a < b < c as its links, in order. */
  | { readonly kind: 'chain'; readonly links: readonly Expr[] }
  /** An unordered set; items keep the order in which they were written. */
  | { readonly kind: 'set'; readonly items: readonly Expr[] }
  | { readonly kind: 'tuple'; readonly items: readonly Expr[] }
  | {
      readonly kind: 'interval';
      readonly low: Expr;
      readonly high: Expr;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    }
  | { readonly kind: 'setOperation'; readonly op: 'union' | 'intersection' | 'minus'; readonly sets: readonly Expr[] }
  | { readonly kind: 'numberSet'; readonly name: NumberSetName }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expr[])[] };

export const constant = (name: ConstantName): Expr => ({ kind: 'constant', name });
export const numberExpr = (value: Rational, decimal = false): Expr => ({ kind: 'number', value, decimal });
/** A function by its name, applied to arguments; nothing is computed. */
export const call = (name: string, ...args: Expr[]): Expr => ({ kind: 'call', name, args });
export const relation = (op: RelationOp, left: Expr, right: Expr): Expr => ({ kind: 'relation', op, left, right });

/** Factors in order, nested products flattened; nothing is multiplied out. */
export function product(left: Expr, right: Expr): Expr {
  const args = [
    ...(left.kind === 'multiply' ? left.args : [left]),
    ...(right.kind === 'multiply' ? right.args : [right]),
  ];
  return { kind: 'multiply', args };
}

/** Terms in order, nested sums flattened; nothing is added up. */
export function sum(left: Expr, right: Expr): Expr {
  const args = [...(left.kind === 'add' ? left.args : [left]), ...(right.kind === 'add' ? right.args : [right])];
  return { kind: 'add', args };
}

/** Whether a tree holds or denotes several values; a tuple counts too. */
export const isSetLike = (expr: Expr): boolean =>
  expr.kind === 'set' ||
  expr.kind === 'tuple' ||
  expr.kind === 'interval' ||
  expr.kind === 'setOperation' ||
  expr.kind === 'numberSet';

const joined = (items: readonly Expr[]): string => items.map(exprText).join(', ');

/** A readable, unambiguous form: equal trees have equal text. */
export function exprText(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return rationalText(expr.value) + (expr.decimal ? 'd' : '');
    case 'symbol':
      return expr.real ? expr.name : `${expr.name}~`;
    case 'constant':
      return expr.name;
    case 'add':
      return `(${expr.args.map(exprText).join(' + ')})`;
    case 'multiply':
      return `(${expr.args.map(exprText).join(' * ')})`;
    case 'power':
      return `${exprText(expr.base)}^(${exprText(expr.exponent)})`;
    case 'percent':
      return `${exprText(expr.value)}%`;
    case 'call':
      return `${expr.name}(${joined(expr.args)})`;
    case 'relation':
      return `${exprText(expr.left)} ${expr.op} ${exprText(expr.right)}`;
    case 'chain':
      return expr.links.map(exprText).join(' and ');
    case 'set':
      return `{${joined(expr.items)}}`;
    case 'tuple':
      return `(${joined(expr.items)})`;
    case 'interval':
      return `interval${expr.lowOpen ? '(' : '['}${exprText(expr.low)}, ${exprText(expr.high)}${expr.highOpen ? ')' : ']'}`;
    case 'setOperation':
      return `${expr.op}(${joined(expr.sets)})`;
    case 'numberSet':
      return expr.name;
    case 'matrix':
      return `matrix[${expr.rows.map(joined).join('; ')}]`;
  }
}

/** A bounded `exprText` for traces. */
export function exprSummary(expr: Expr): string {
  const text = exprText(expr);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
