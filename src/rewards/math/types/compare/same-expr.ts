/** @file Equality of two trees as values: canonical forms, then sampling; matrices entry by entry. */
import { difference, provesUnequal, rationalValue, toFraction } from '../../canonical.ts';
import { type Expr, exprText } from '../../expr.ts';
import { guarded } from '../../guarded.ts';
import { evaluateMatrices } from '../../matrices.ts';
import { type Rational, toNumber } from '../../rational.ts';
import { hasVariables } from '../../real-sets.ts';
import { agreesAtSamples, numericValue } from '../../sample.ts';

/** The rational that a tree is exactly, if it is one. */
export const exactValue = (expr: Expr): Rational | undefined =>
  expr.kind === 'number' ? expr.value : guarded(() => rationalValue(toFraction(expr)));

/** The real number that a tree without variables is, nearly. */
export function nearValue(expr: Expr): number | undefined {
  if (expr.kind === 'number') return toNumber(expr.value);
  if (hasVariables(expr)) return undefined;
  const exact = exactValue(expr);
  if (exact !== undefined) return toNumber(exact);
  const value = numericValue(expr);
  return value === undefined || Math.abs(value.im) > 1e-12 * Math.max(1, Math.abs(value.re)) ? undefined : value.re;
}

/** Whether two trees have the same value; `slack`: relative difference that rounding inside a derivation may leave. */
export function sameExpr(a: Expr, b: Expr, slack = 0): boolean {
  if (a.kind === 'number' && b.kind === 'number' && a.value.n === b.value.n && a.value.d === b.value.d) return true;
  if (isUndefined(a) || isUndefined(b)) return false;
  if (slack > 0) {
    const [x, y] = [nearValue(a), nearValue(b)];
    if (x !== undefined && y !== undefined && Math.abs(x - y) <= slack * Math.max(Math.abs(x), Math.abs(y)))
      return true;
  }
  if (a.kind === 'matrix' || b.kind === 'matrix') return sameMatrix(evaluateMatrices(a), evaluateMatrices(b));
  if (exprText(a) === exprText(b)) return true;
  const gap = guarded(() => difference(toFraction(a), toFraction(b)));
  if (gap?.size === 0) return true;
  if (gap !== undefined && provesUnequal(gap)) return false;
  return agreesAtSamples(a, b, 'signed') === true || agreesWherePositive(a, b);
}

const isUndefined = (expr: Expr): boolean => expr.kind === 'constant' && expr.name === 'zoo';

/** Names of counts are positive: sqrt(1/n) = 1/sqrt(n). */
function agreesWherePositive(a: Expr, b: Expr): boolean {
  const both = `${exprText(a)} ${exprText(b)}`;
  const names = new Set(both.match(/(?<![a-z@_])[a-z](?![a-z(])/g) ?? []);
  for (const constantName of ['e', 'd']) names.delete(constantName);
  if (names.size === 0 || [...names].some((name) => !'nmk'.includes(name))) return false;
  return agreesAtSamples(a, b, 'positive') === true;
}

function sameMatrix(a: Expr, b: Expr): boolean {
  if (a.kind !== 'matrix' || b.kind !== 'matrix') return false;
  if (a.rows.length !== b.rows.length || a.rows[0]?.length !== b.rows[0]?.length) return false;
  return a.rows.every((row, i) =>
    row.every((value, j) => sameExpr(value, b.rows[i]?.[j] ?? { kind: 'constant', name: 'zoo' })),
  );
}
