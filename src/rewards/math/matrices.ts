/**
 * @file Sums, products, transposes and determinants of matrices, entry by entry, before equality is asked.
 */
import { call, type Expr, numberExpr, product, sum } from './expr.ts';
import { integer } from './rational.ts';

type Matrix = Extract<Expr, { kind: 'matrix' }>;

const largest = 8;
const minusOne = numberExpr(integer(-1));

const mapped = (matrix: Matrix, entry: (value: Expr) => Expr): Matrix => ({
  kind: 'matrix',
  rows: matrix.rows.map((row) => row.map(entry)),
});

function added(a: Expr, b: Expr): Expr | undefined {
  if (a.kind !== 'matrix' || b.kind !== 'matrix') return undefined;
  if (a.rows.length !== b.rows.length || a.rows[0]?.length !== b.rows[0]?.length) return undefined;
  return { kind: 'matrix', rows: a.rows.map((row, i) => row.map((value, j) => sum(value, b.rows[i]?.[j] ?? value))) };
}

function multiplied(a: Expr, b: Expr): Expr | undefined {
  if (a.kind !== 'matrix') return b.kind === 'matrix' ? mapped(b, (value) => product(a, value)) : product(a, b);
  if (b.kind !== 'matrix') return mapped(a, (value) => product(b, value));
  if (a.rows[0]?.length !== b.rows.length || a.rows.length > largest || b.rows.length > largest) return undefined;
  const columns = b.rows[0]?.map((_, j) => b.rows.map((row) => row[j] ?? minusOne)) ?? [];
  return {
    kind: 'matrix',
    rows: a.rows.map((row) =>
      columns.map((column) => row.map((value, k) => product(value, column[k] ?? minusOne)).reduce(sum)),
    ),
  };
}

function determinant(rows: readonly (readonly Expr[])[]): Expr {
  const [first = []] = rows;
  if (rows.length === 1) return first[0] ?? minusOne;
  const minors = first.map((value, j) => {
    const minor = determinant(rows.slice(1).map((row) => row.filter((_, k) => k !== j)));
    const term = product(value, minor);
    return j % 2 === 0 ? term : product(minusOne, term);
  });
  return minors.reduce(sum);
}

/** The tree with its matrix operations carried out where shapes allow. */
export function evaluateMatrices(expr: Expr): Expr {
  switch (expr.kind) {
    case 'add':
      return folded(expr, expr.args.map(evaluateMatrices), added);
    case 'multiply':
      return folded(expr, expr.args.map(evaluateMatrices), multiplied);
    case 'call': {
      const [argument] = expr.args.map(evaluateMatrices);
      if (argument?.kind !== 'matrix') return expr;
      if (expr.name === 'transpose') {
        const width = argument.rows[0]?.length ?? 0;
        const rows = Array.from({ length: width }, (_, j) => argument.rows.map((row) => row[j] ?? minusOne));
        return { kind: 'matrix', rows };
      }
      const square = argument.rows.length === argument.rows[0]?.length && argument.rows.length <= 5;
      return expr.name === 'det' && square ? determinant(argument.rows) : call(expr.name, argument);
    }
    default:
      return expr;
  }
}

function folded(expr: Expr, args: readonly Expr[], join: (a: Expr, b: Expr) => Expr | undefined): Expr {
  if (!args.some((arg) => arg.kind === 'matrix')) return expr;
  const [first, ...rest] = args;
  if (first === undefined) return expr;
  let value = first;
  for (const arg of rest) {
    const next = join(value, arg);
    if (next === undefined) return expr;
    value = next;
  }
  return value;
}
