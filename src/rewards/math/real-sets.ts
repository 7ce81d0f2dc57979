/**
 * @file Subsets of the real line as unions of intervals with numeric ends: how unions, differences, inequalities and their
 * solutions are compared when they are written differently.
 */
import { coefficients, DivisionByZero, difference, NotScalar, toFraction } from './canonical.ts';
import { constant, type Expr, flipped, numberExpr, type RelationOp } from './expr.ts';
import { divide, MathBudgetError, negate, sign, toNumber } from './rational.ts';
import { numericValue } from './sample.ts';

/** low < x < high, with its ends where closed; low = high is a point. */
export interface Piece {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

const line: readonly Piece[] = [
  { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, lowOpen: true, highOpen: true },
];

function endOf(expr: Expr): number | undefined {
  if (expr.kind === 'constant' && expr.name === 'oo') return Number.POSITIVE_INFINITY;
  if (expr.kind === 'multiply' && expr.args.some((arg) => arg.kind === 'constant' && arg.name === 'oo')) {
    const signs = expr.args.map((arg) => (arg.kind === 'number' ? sign(arg.value) : 1));
    return signs.reduce((a, b) => a * b, 1) < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (hasVariables(expr)) return undefined;
  const value = numericValue(expr);
  return value === undefined || Math.abs(value.im) > 1e-12 ? undefined : value.re;
}

/** Whether a variable or an unknown function stands in the tree. */
export function hasVariables(expr: Expr): boolean {
  switch (expr.kind) {
    case 'symbol':
      return true;
    case 'add':
    case 'multiply':
      return expr.args.some(hasVariables);
    case 'call':
      return expr.name.endsWith('()') || expr.args.some(hasVariables);
    case 'power':
      return hasVariables(expr.base) || hasVariables(expr.exponent);
    case 'percent':
      return hasVariables(expr.value);
    case 'number':
    case 'constant':
      return false;
    default:
      return true;
  }
}

const same = (a: number, b: number): boolean =>
  a === b || (Number.isFinite(a - b) && Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a), Math.abs(b)));

/** Sorted, with overlapping and touching pieces joined. */
function joined(pieces: readonly Piece[]): Piece[] {
  const sorted = pieces
    .filter(({ low, high, lowOpen, highOpen }) => low < high || (same(low, high) && !lowOpen && !highOpen))
    .sort((a, b) => a.low - b.low || Number(a.lowOpen) - Number(b.lowOpen));
  const out: Piece[] = [];
  for (const piece of sorted) {
    const last = out.at(-1);
    const touches =
      last !== undefined &&
      (piece.low < last.high || (same(piece.low, last.high) && !(piece.lowOpen && last.highOpen)));
    if (last === undefined || !touches) {
      out.push(piece);
      continue;
    }
    const further = piece.high > last.high && !same(piece.high, last.high);
    const level = same(piece.high, last.high);
    out[out.length - 1] = {
      low: last.low,
      lowOpen: last.lowOpen,
      high: further ? piece.high : last.high,
      highOpen: further ? piece.highOpen : level ? piece.highOpen && last.highOpen : last.highOpen,
    };
  }
  return out;
}

function complement(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let low = Number.NEGATIVE_INFINITY;
  let lowOpen = true;
  for (const piece of joined(pieces)) {
    out.push({ low, lowOpen, high: piece.low, highOpen: !piece.lowOpen });
    low = piece.high;
    lowOpen = !piece.highOpen;
  }
  out.push({ low, lowOpen, high: Number.POSITIVE_INFINITY, highOpen: true });
  return joined(out.filter(({ low: a, high: b }) => a !== b || Number.isFinite(a)));
}

const intersection = (a: readonly Piece[], b: readonly Piece[]): Piece[] =>
  complement([...complement(a), ...complement(b)]);

/** The set of reals that a set expression denotes; undefined where it is none or has variables. */
export function realSet(expr: Expr): readonly Piece[] | undefined {
  switch (expr.kind) {
    case 'interval': {
      const low = endOf(expr.low);
      const high = endOf(expr.high);
      if (low === undefined || high === undefined) return undefined;
      return joined([{ low, high, lowOpen: expr.lowOpen, highOpen: expr.highOpen }]);
    }
    case 'set': {
      const points = expr.items.map(endOf);
      if (points.some((point) => point === undefined || !Number.isFinite(point))) return undefined;
      return joined(points.map((point = 0) => ({ low: point, high: point, lowOpen: false, highOpen: false })));
    }
    case 'numberSet':
      return expr.name === 'Reals' ? line : expr.name === 'Empty' ? [] : undefined;
    case 'setOperation': {
      const sets = expr.sets.map(realSet);
      const [a, b] = sets;
      if (a === undefined || b === undefined) return undefined;
      if (expr.op === 'union') return joined([...a, ...b]);
      return intersection(a, expr.op === 'minus' ? complement(b) : b);
    }
    default:
      return undefined;
  }
}

/**
 * Both lists must be sorted and joined.
 *
 * @param near whether two ends are equal; within 1e-12, relative, by default.
 */
export function samePieces(a: readonly Piece[], b: readonly Piece[], near = same): boolean {
  return (
    a.length === b.length &&
    a.every((piece, i) => {
      const other = b[i];
      return (
        other !== undefined &&
        near(piece.low, other.low) &&
        near(piece.high, other.high) &&
        piece.lowOpen === other.lowOpen &&
        piece.highOpen === other.highOpen
      );
    })
  );
}

/** The solutions of `c0 + c1 x + c2 x^2  op  0`. */
function solvePieces(values: readonly number[], op: RelationOp): Piece[] {
  const [c = 0, b = 0, a = 0] = values;
  const roots: number[] = [];
  if (a === 0) roots.push(-c / b);
  else {
    const square = b * b - 4 * a * c;
    if (square >= 0) roots.push((-b - Math.sqrt(square)) / (2 * a), (-b + Math.sqrt(square)) / (2 * a));
  }
  roots.sort((x, y) => x - y);
  const points = roots.map((root) => ({ low: root, high: root, lowOpen: false, highOpen: false }));
  if (op === '=') return joined(points);
  if (op === '!=') return complement(points);
  const wantsPositive = op === '>' || op === '>=';
  const ends = [Number.NEGATIVE_INFINITY, ...roots, Number.POSITIVE_INFINITY];
  const pieces: Piece[] = op === '<=' || op === '>=' ? [...points] : [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const low = ends[i] ?? 0;
    const high = ends[i + 1] ?? 0;
    if (low === high) continue;
    const x = Number.isFinite(low)
      ? Number.isFinite(high)
        ? (low + high) / 2
        : low + 1
      : Number.isFinite(high)
        ? high - 1
        : 0;
    const value = c + b * x + a * x * x;
    if (value > 0 === wantsPositive && value !== 0) pieces.push({ low, high, lowOpen: true, highOpen: true });
  }
  return joined(pieces);
}

/** `|u| < c` as u < c and u > -c, `|u| > c` as either; undefined for any other relation. */
function withoutModulus({ op, left, right }: Expr & { kind: 'relation' }): readonly Piece[] | undefined {
  if (right.kind === 'call' && right.name === 'abs')
    return withoutModulus({ kind: 'relation', op: flipped[op], left: right, right: left });
  const [inner] = left.kind === 'call' && left.name === 'abs' && right.kind === 'number' ? left.args : [];
  if (inner === undefined || right.kind !== 'number') return undefined;
  const above = solutionSet({ kind: 'relation', op, left: inner, right });
  const mirrored = numberExpr(negate(right.value), right.decimal);
  const below = solutionSet({ kind: 'relation', op: flipped[op], left: inner, right: mirrored });
  if (above === undefined || below === undefined) return undefined;
  if (sign(right.value) < 0) return op === '>' || op === '>=' || op === '!=' ? line : [];
  return op === '<' || op === '<=' || op === '!=' ? intersection(above, below) : joined([...above, ...below]);
}

function relationCoefficients(expr: Expr & { kind: 'relation' }) {
  try {
    return coefficients(difference(toFraction(expr.left), toFraction(expr.right)));
  } catch (error) {
    if (error instanceof MathBudgetError || error instanceof DivisionByZero || error instanceof NotScalar)
      return undefined;
    throw error;
  }
}

/** The solutions of a relation, or of a chain of relations, in one real variable, of degree two at most. */
export function solutionSet(expr: Expr): readonly Piece[] | undefined {
  if (expr.kind === 'chain') {
    const links = expr.links.map(solutionSet);
    const variables = new Set(expr.links.map((link) => (link.kind === 'relation' ? variableIn(link) : undefined)));
    if (variables.size !== 1 || variables.has(undefined)) return undefined;
    return links.reduce((a, b) => (a === undefined || b === undefined ? undefined : intersection(a, b)));
  }
  if (expr.kind !== 'relation') return undefined;
  const opened = withoutModulus(expr);
  if (opened !== undefined) return opened;
  const found = relationCoefficients(expr);
  return found === undefined ? undefined : solvePieces(found.values.map(toNumber), expr.op);
}

/** The one variable of a relation, inside a modulus or not. */
function variableIn({ op, left, right }: Expr & { kind: 'relation' }): string | undefined {
  const bare = (side: Expr): Expr => (side.kind === 'call' && side.name === 'abs' ? (side.args[0] ?? side) : side);
  return relationCoefficients({ kind: 'relation', op, left: bare(left), right: bare(right) })?.variable;
}

/** `x < 3` as the interval that it is, with exact ends; undefined unless it is linear in one variable. */
export function linearInterval(expr: Expr): Expr | undefined {
  if (expr.kind === 'chain') return chainInterval(expr.links);
  if (expr.kind !== 'relation' || expr.op === '=' || expr.op === '!=') return undefined;
  const found = relationCoefficients(expr);
  const [c, b] = found?.values ?? [];
  if (found?.values.length !== 2 || b === undefined || c === undefined) return undefined;
  const bound = numberExpr(divide(negate(c), b), decimalIn(expr));
  const above = (expr.op === '>' || expr.op === '>=') === sign(b) > 0;
  const open = expr.op === '<' || expr.op === '>';
  const infinity = constant('oo');
  return above
    ? { kind: 'interval', low: bound, high: infinity, lowOpen: open, highOpen: true }
    : {
        kind: 'interval',
        low: { kind: 'multiply', args: [numberExpr({ n: -1n, d: 1n }), infinity] },
        high: bound,
        lowOpen: true,
        highOpen: open,
      };
}

const decimalIn = ({ left, right }: Expr & { kind: 'relation' }): boolean =>
  [left, right].some((side) => side.kind === 'number' && side.decimal);

function chainInterval(links: readonly Expr[]): Expr | undefined {
  const [first, second] = links.map(linearInterval);
  if (links.length !== 2 || first?.kind !== 'interval' || second?.kind !== 'interval') return undefined;
  const lower = [first, second].find(({ low }) => low.kind === 'number');
  const upper = [first, second].find(({ high }) => high.kind === 'number');
  if (lower === undefined || upper === undefined || lower === upper) return undefined;
  return { kind: 'interval', low: lower.low, lowOpen: lower.lowOpen, high: upper.high, highOpen: upper.highOpen };
}
