/** @file Intervals, unions, number sets and inequalities as subsets of the real line; intervals with letters for ends by end. */
import type { Expr } from '../../expr.ts';
import { type Piece, realSet, samePieces, solutionSet } from '../../real-sets.ts';
import type { Context } from '../context.ts';
import type { Value } from '../value.ts';
import { allowed } from './compare-scalars.ts';
import { sameExpr } from './same-expr.ts';

/** `pieces` where all ends are numbers, else the tree alone; a region without either equals none. */
export interface RealRegion {
  readonly pieces: readonly Piece[] | undefined;
  readonly expr: Expr | undefined;
}

/** The region that a reading denotes; undefined for what is none. */
export function regionOf(value: Value): RealRegion | undefined {
  if (value.type === 'region') return { pieces: realSet(value.expr), expr: value.expr };
  if (value.type === 'relation') return { pieces: solutionSet(value.expr), expr: chainInterval(value.expr) };
  if (value.type === 'assignment' && value.equation !== undefined)
    return { pieces: solutionSet(value.equation), expr: undefined };
  if (value.type !== 'collection') return undefined;
  return collectionRegion(value.items, value.joint, value.form);
}

/** `x <= 2 or x >= 5` is a union, `x > 2 and x < 5` an intersection, `{1, 2}` two points. */
function collectionRegion(
  items: readonly (readonly Value[])[],
  joint: 'and' | 'or' | 'comma',
  form: 'bare' | 'set' | 'tuple',
): RealRegion | undefined {
  if (form === 'tuple' || items.length > 40) return undefined;
  const regions = items.map((readings) => readings.map(partRegion).find((pieces) => pieces !== undefined));
  if (regions.includes(undefined)) return undefined;
  const parts = regions.flatMap((pieces) => (pieces === undefined ? [] : [pieces]));
  const relations = items.every((readings) => readings.some(({ type }) => type === 'relation'));
  const exclusions = items.every((readings) =>
    readings.some((value) => value.type === 'relation' && value.expr.kind === 'relation' && value.expr.op === '!='),
  );
  if (relations && (joint === 'and' || exclusions || (joint === 'comma' && !disjoint(parts))))
    return { pieces: parts.reduce(meet), expr: undefined };
  return { pieces: unite(parts), expr: undefined };
}

function partRegion(value: Value): readonly Piece[] | undefined {
  if (value.type === 'scalar')
    return value.unit === undefined ? realSet({ kind: 'set', items: [value.expr] }) : undefined;
  if (value.type === 'assignment') return value.values.map(partRegion).find((pieces) => pieces !== undefined);
  return value.type === 'collection' ? undefined : regionOf(value)?.pieces;
}

const holds = ({ low, high, lowOpen, highOpen }: Piece, x: number): boolean =>
  (x > low || (x === low && !lowOpen)) && (x < high || (x === high && !highOpen));

/** Pieces of a boolean combination, found at the ends and between them. */
function combined(parts: readonly (readonly Piece[])[], keep: (inside: readonly boolean[]) => boolean): Piece[] {
  const ends = [...new Set(parts.flat().flatMap(({ low, high }) => [low, high]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const inside = (x: number): boolean => keep(parts.map((pieces) => pieces.some((piece) => holds(piece, x))));
  const out: Piece[] = [];
  const push = (low: number, high: number, lowOpen: boolean, highOpen: boolean): void => {
    const last = out.at(-1);
    if (last !== undefined && last.high === low && !(last.highOpen && lowOpen))
      out[out.length - 1] = { ...last, high, highOpen };
    else out.push({ low, high, lowOpen, highOpen });
  };
  const all = [Number.NEGATIVE_INFINITY, ...ends, Number.POSITIVE_INFINITY];
  for (let i = 0; i + 1 < all.length; i++) {
    const [low = 0, high = 0] = [all[i], all[i + 1]];
    const middle = Number.isFinite(low)
      ? Number.isFinite(high)
        ? (low + high) / 2
        : low + 1
      : Number.isFinite(high)
        ? high - 1
        : 0;
    if (inside(middle)) push(low, high, true, true);
    if (Number.isFinite(high) && inside(high)) push(high, high, false, false);
  }
  return out;
}

const unite = (parts: readonly (readonly Piece[])[]): Piece[] => combined(parts, (inside) => inside.includes(true));
const meet = (a: readonly Piece[], b: readonly Piece[]): Piece[] =>
  combined([a, b], (inside) => !inside.includes(false));
const disjoint = (parts: readonly (readonly Piece[])[]): boolean => parts.reduce(meet).length === 0;

/** `a < x < b` with letters for its ends, as an interval. */
function chainInterval(expr: Expr): Expr | undefined {
  if (expr.kind !== 'chain' || expr.links.length !== 2) return undefined;
  const [first, second] = expr.links;
  if (first?.kind !== 'relation' || second?.kind !== 'relation' || first.right.kind !== 'symbol') return undefined;
  const rising = ['<', '<='].includes(first.op) && ['<', '<='].includes(second.op);
  if (!rising) return undefined;
  return {
    kind: 'interval',
    low: first.left,
    high: second.right,
    lowOpen: first.op === '<',
    highOpen: second.op === '<',
  };
}

/** Compares pieces where both have them, else trees. A tolerance forgives at the ends. */
export function sameRegion(a: RealRegion, b: RealRegion, context: Context): boolean {
  if (a.pieces !== undefined && b.pieces !== undefined) {
    const [x, y] = [unite([a.pieces]), unite([b.pieces])];
    const { tolerance } = context;
    if (samePieces(x, y)) return true;
    if (tolerance === undefined) return false;
    return samePieces(x, y, (end, other) => end === other || Math.abs(end - other) <= allowed(tolerance, end));
  }
  const [x, y] = [a.expr, b.expr];
  return x !== undefined && y !== undefined && sameTree(x, y);
}

function sameTree(x: Expr, y: Expr): boolean {
  if (x.kind === 'interval' && y.kind === 'interval')
    return x.lowOpen === y.lowOpen && x.highOpen === y.highOpen && sameEnd(x.low, y.low) && sameEnd(x.high, y.high);
  if (x.kind === 'numberSet' && y.kind === 'numberSet') return x.name === y.name;
  if (x.kind !== 'setOperation' || y.kind !== 'setOperation' || x.op !== y.op) return false;
  const [a, b] = x.sets;
  const [c, d] = y.sets;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
  return (sameTree(a, c) && sameTree(b, d)) || (x.op !== 'minus' && sameTree(a, d) && sameTree(b, c));
}

const sameEnd = (a: Expr, b: Expr): boolean => sameExpr(a, b);
