/** @file Solutions that depend on an integer: equal when each value of one family is a value of the other, at many integers. */
import type { Expr } from '../expr.ts';
import { numberExpr } from '../expr.ts';
import { integer } from '../rational.ts';
import { nearValue } from './compare/same-expr.ts';
import type { Family } from './value.ts';

function substituted(expr: Expr, name: string, value: Expr): Expr {
  switch (expr.kind) {
    case 'symbol':
      return expr.name === name ? value : expr;
    case 'add':
    case 'multiply':
      return { ...expr, args: expr.args.map((arg) => substituted(arg, name, value)) };
    case 'call':
      return { ...expr, args: expr.args.map((arg) => substituted(arg, name, value)) };
    case 'power':
      return { ...expr, base: substituted(expr.base, name, value), exponent: substituted(expr.exponent, name, value) };
    default:
      return expr;
  }
}

function valuesOf({ members, parameter }: Family, reach: number): number[] {
  const values: number[] = [];
  for (const member of members)
    for (let k = -reach; k <= reach; k++) {
      const value = nearValue(substituted(member, parameter, numberExpr(integer(k))));
      if (value === undefined) return [];
      values.push(value);
    }
  return values;
}

const within = (some: readonly number[], all: readonly number[]): boolean =>
  some.length > 0 && some.every((x) => all.some((y) => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x))));

/** Compares up to 1e-9, relative, for the parameter from -4 to 4 against -16 to 16, both ways. */
export const sameFamily = (a: Family, b: Family): boolean =>
  within(valuesOf(a, 4), valuesOf(b, 16)) && within(valuesOf(b, 4), valuesOf(a, 16));
