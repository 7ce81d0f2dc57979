/**
 * @file Whether two answers are equal, by Math-Verify's rules (`sympy_expr_eq`): the gold's format leads. Equations are
 * unwrapped (`x = 3` answers 3), sets, tuples and open intervals of two compare as lists where the reference does, inequalities
 * compare as solution sets, decimals to six places, everything else exactly: by canonical form, then by sampling.
 */
import { difference, type Polynomial, provesUnequal, ratio, rationalValue, toFraction } from './canonical.ts';
import { type Expr, exprText, flipped, isSetLike, relation } from './expr.ts';
import { guarded } from './guarded.ts';
import { evaluateMatrices } from './matrices.ts';
import { equals, type Rational, roundedMillionths, sign } from './rational.ts';
import { hasVariables, linearInterval, realSet, samePieces, solutionSet } from './real-sets.ts';
import { agreesAtSamples, numericValue } from './sample.ts';

/** Equal or not, and by which rule. */
export interface Comparison {
  readonly equal: boolean;
  readonly why: string;
}

const yes = (why: string): Comparison => ({ equal: true, why });
const no = (why: string): Comparison => ({ equal: false, why });

const deepest = 12;
const mostItems = 64;

type Relation = Extract<Expr, { kind: 'relation' }>;

const isRelation = (expr: Expr): boolean => expr.kind === 'relation' || expr.kind === 'chain';
const linksOf = (expr: Expr): readonly Expr[] => (expr.kind === 'chain' ? expr.links : [expr]);
const isEquation = (expr: Expr): boolean =>
  isRelation(expr) && linksOf(expr).every((link) => link.kind === 'relation' && link.op === '=');

/** Whether only names stand in the tree: such a left side is assigned to, not equated. */
function onlyNames(expr: Expr): boolean {
  switch (expr.kind) {
    case 'symbol':
      return true;
    case 'add':
    case 'multiply':
      return expr.args.every(onlyNames);
    case 'call':
      return expr.args.length > 0 && expr.args.every(onlyNames);
    case 'power':
      return expr.exponent.kind === 'number' && expr.exponent.value.n === -1n ? onlyNames(expr.base) : false;
    case 'tuple':
      return expr.items.every(onlyNames);
    default:
      return false;
  }
}

function firstLeft(expr: Expr): Expr | undefined {
  const [first] = linksOf(expr);
  return first?.kind === 'relation' ? first.left : undefined;
}

function lastRight(expr: Expr): Expr {
  const last = linksOf(expr).at(-1);
  return last?.kind === 'relation' ? last.right : expr;
}

function isAssignment(expr: Expr): boolean {
  const left = isEquation(expr) ? firstLeft(expr) : undefined;
  return left !== undefined && onlyNames(left);
}

/** `a = b = 3` assigns 3 to a. */
function shortened(expr: Expr): Expr {
  const left = firstLeft(expr);
  return left === undefined || expr.kind !== 'chain' ? expr : relation('=', left, lastRight(expr));
}

/** Equality of two answers; `gold` decides the form. */
export function compareAnswers(goldAnswer: Expr, predAnswer: Expr, depth = 0): Comparison {
  if (depth > deepest) return no('nested too deeply');
  let gold = goldAnswer;
  let pred = predAnswer;
  const goldAssigns = isAssignment(gold);
  const predEquates = isEquation(pred);
  if (goldAssigns) gold = shortened(gold);
  if (isAssignment(pred)) pred = shortened(pred);
  if (predEquates && !isEquation(gold)) pred = lastRight(pred);
  else if (goldAssigns && !predEquates) gold = lastRight(gold);
  if (isRelation(gold) && isSetLike(pred) && pred.kind !== 'tuple') return relationAgainstSet(gold, pred, depth);
  if (containsZoo(gold)) return no('the gold is not defined');
  if (exprText(gold) === exprText(pred)) return yes('the same expression');
  if (isRelation(gold) && isRelation(pred)) return compareRelations(gold, pred, depth);
  if (isSetLike(gold) || isSetLike(pred)) return compareSets(gold, pred, depth);
  if (gold.kind === 'symbol' || pred.kind === 'symbol') {
    const names = compareNames(gold, pred);
    // The reference simplifies the items of sets before it compares them, and names nowhere else.
    return names.equal || depth === 0 ? names : compareExactly(gold, pred);
  }
  return compareValues(gold, pred);
}

const containsZoo = (expr: Expr): boolean => expr.kind === 'constant' && expr.name === 'zoo';

/** An inequality answered by a set: its solutions must be that set. */
function relationAgainstSet(gold: Expr, pred: Expr, depth: number): Comparison {
  const interval = linearInterval(gold);
  if (interval !== undefined && pred.kind === 'interval') return compareSets(interval, pred, depth);
  const solutions = solutionSet(gold);
  const stated = realSet(pred.kind === 'set' ? { kind: 'set', items: pred.items.map(assignedValue) } : pred);
  if (solutions === undefined || stated === undefined) return no('the solution set is not known');
  return samePieces(solutions, stated) ? yes('the set of solutions') : no('not the set of solutions');
}

const assignedValue = (expr: Expr): Expr => (isAssignment(expr) ? lastRight(expr) : expr);

function compareRelations(gold: Expr, pred: Expr, depth: number): Comparison {
  if (gold.kind === 'chain' && pred.kind === 'chain') {
    if (gold.links.length !== pred.links.length) return no('chains of different length');
    const links = gold.links.map((link, i) => compareRelations(link, pred.links[i] ?? link, depth + 1));
    return links.find(({ equal }) => !equal) ?? yes('equal link by link');
  }
  if (gold.kind !== 'relation' || pred.kind !== 'relation') return no('one is a chain, the other a single relation');
  if (gold.op === '=' && pred.op === '=' && isSetLike(gold.right) && isSetLike(pred.right)) {
    const sides = pairwise([gold.left, gold.right], [pred.left, pred.right], depth);
    if (sides.equal) return yes('equal sides');
  }
  return compareSides(gold, pred);
}

function compareSides(gold: Relation, pred: Relation): Comparison {
  const a = zeroForm(gold);
  const b = zeroForm(pred);
  if (a === undefined || b === undefined) return no('sides that are not numbers');
  const factor = a.size === 0 && b.size === 0 ? undefined : ratio(a, b);
  if (factor === undefined) {
    if (a.size === 0 && b.size === 0 && gold.op === pred.op) return yes('both hold trivially');
    return sameSolutions(gold, pred);
  }
  const op = sign(factor) > 0 ? pred.op : flipped[pred.op];
  return op === gold.op ? yes('proportional relations') : no('relations of another direction');
}

/** left - right over a common denominator. */
function zeroForm({ left, right }: Relation): Polynomial | undefined {
  return guarded(() => difference(toFraction(left), toFraction(right)));
}

function sameSolutions(gold: Relation, pred: Relation): Comparison {
  const a = solutionSet(gold);
  const b = solutionSet(pred);
  const sameNames = variableOf(gold) === variableOf(pred);
  if (a !== undefined && b !== undefined && sameNames && samePieces(a, b)) return yes('the same solutions');
  if (gold.op === pred.op && numericallyEqual(minus(gold), minus(pred))) return yes('equal differences');
  if (
    gold.op === flipped[pred.op] &&
    numericallyEqual(minus(gold), minus({ ...pred, left: pred.right, right: pred.left }))
  )
    return yes('equal differences, turned around');
  return no('different relations');
}

const variableOf = (expr: Relation): string => /[a-zα-ω]+/i.exec(exprText(expr))?.[0] ?? '';

const minus = ({ left, right }: Relation): Expr => ({
  kind: 'add',
  args: [left, { kind: 'multiply', args: [{ kind: 'number', value: { n: -1n, d: 1n }, decimal: false }, right] }],
});

const numericallyEqual = (a: Expr, b: Expr): boolean => agreesAtSamples(a, b) === true;

function itemsOf(expr: Expr): readonly Expr[] | undefined {
  return expr.kind === 'set' || expr.kind === 'tuple' ? expr.items : undefined;
}

const distinctItems = (items: readonly Expr[]): readonly Expr[] => {
  const seen = new Map(items.map((item) => [exprText(item), item]));
  return seen.size === items.length ? items : [...seen.values()];
};

/** An open interval of two ends is a pair, where the other side is a list. */
function pairOf(expr: Expr): Expr {
  return expr.kind === 'interval' && expr.lowOpen && expr.highOpen
    ? { kind: 'tuple', items: [expr.low, expr.high] }
    : expr;
}

function compareSets(gold: Expr, pred: Expr, depth: number): Comparison {
  if (gold.kind === 'interval' && pred.kind === 'interval') return compareIntervals(gold, pred, depth);
  const a = isSetLike(gold) ? gold : ({ kind: 'set', items: [gold] } as const);
  const b = isSetLike(pred) ? pred : ({ kind: 'set', items: [pred] } as const);
  if (a.kind !== 'tuple' && b.kind !== 'tuple' && (a.kind !== 'set' || b.kind !== 'set')) {
    const left = realSet(a);
    const right = realSet(b);
    if (left !== undefined && right !== undefined && samePieces(left, right)) return yes('the same set of reals');
    if (a.kind === 'setOperation' && b.kind === 'setOperation' && a.op === b.op) {
      const parts = pairwise(a.sets, b.sets, depth, a.op !== 'minus');
      if (parts.equal) return yes('the same parts');
    }
  }
  const leftList = itemsOf(a) ?? (itemsOf(b) === undefined ? undefined : itemsOf(pairOf(a)));
  const rightList = itemsOf(b) ?? (itemsOf(a) === undefined ? undefined : itemsOf(pairOf(b)));
  if (leftList === undefined || rightList === undefined) return no('different kinds of sets');
  const unordered = a.kind === 'set';
  const left = a.kind === 'set' ? distinctItems(leftList) : leftList;
  const right = b.kind === 'set' ? distinctItems(rightList) : rightList;
  return pairwise(left, right, depth, unordered);
}

/** Item by item in order, or under the best pairing. */
function pairwise(gold: readonly Expr[], pred: readonly Expr[], depth: number, unordered = false): Comparison {
  if (gold.length !== pred.length) return no(`${pred.length} items, expected ${gold.length}`);
  if (!unordered) {
    for (const [i, item] of gold.entries()) {
      const result = compareAnswers(item, pred[i] ?? item, depth + 1);
      if (!result.equal) return no(`item ${i + 1}: ${result.why}`);
    }
    return yes('equal item by item');
  }
  const texts = (items: readonly Expr[]): string => items.map(exprText).sort().join('\n');
  if (texts(gold) === texts(pred)) return yes('the same items');
  if (gold.length > mostItems) return no(`more than ${mostItems} items`);
  const open = [...pred];
  for (const item of gold) {
    const found = open.findIndex((candidate) => compareAnswers(item, candidate, depth + 1).equal);
    if (found < 0) return no(`${exprText(item).slice(0, 60)} is missing`);
    open.splice(found, 1);
  }
  return yes('equal items');
}

type Interval = Extract<Expr, { kind: 'interval' }>;

function compareIntervals(a: Interval, b: Interval, depth: number): Comparison {
  if (a.lowOpen !== b.lowOpen || a.highOpen !== b.highOpen) return no('the ends are open and closed differently');
  return pairwise([a.low, a.high], [b.low, b.high], depth);
}

/** A word set as text equals the product of its letters: `\text{Even}` and `Even`. */
function compareNames(gold: Expr, pred: Expr): Comparison {
  const a = spelled(gold);
  const b = spelled(pred);
  if (a === undefined || b === undefined) return no('a name is not a value');
  return a === b ? yes('the same name') : no(`"${b}" is not "${a}"`);
}

function spelled(expr: Expr): string | undefined {
  if (expr.kind === 'symbol') return expr.name.toLowerCase();
  if (expr.kind === 'constant' && expr.name === 'e') return 'e';
  if (expr.kind !== 'multiply') return undefined;
  const letters = expr.args.map((arg) => (arg.kind === 'multiply' ? undefined : spelled(arg)));
  return letters.includes(undefined) ? undefined : letters.join('');
}

/** The number of a plain number or percentage; a percentage keeps its own. */
function atomic(expr: Expr): { value: Rational; decimal: boolean } | undefined {
  if (expr.kind === 'number') return expr;
  return expr.kind === 'percent' && expr.value.kind === 'number' ? expr.value : undefined;
}

/** Equal when rounded to six decimals. */
function equalRounded(gold: Expr, pred: Expr): boolean {
  const a = guarded(() => rationalValue(toFraction(gold)));
  const b = guarded(() => rationalValue(toFraction(pred)));
  if (a !== undefined && b !== undefined) return roundedMillionths(a) === roundedMillionths(b);
  if (hasVariables(gold) || hasVariables(pred)) return false;
  const left = numericValue(gold);
  const right = numericValue(pred);
  if (left === undefined || right === undefined) return false;
  return (
    Math.round(left.re * 1e6) === Math.round(right.re * 1e6) && Math.round(left.im * 1e6) === Math.round(right.im * 1e6)
  );
}

function compareValues(goldExpr: Expr, predExpr: Expr): Comparison {
  const gold = evaluateMatrices(goldExpr);
  const pred = evaluateMatrices(predExpr);
  if (gold.kind === 'matrix' || pred.kind === 'matrix') return compareMatrices(gold, pred);
  const a = atomic(gold);
  const b = atomic(pred);
  if (a?.decimal === true || b?.decimal === true) {
    if (equalRounded(gold, pred)) return yes('equal to six decimals');
    return no('different decimals');
  }
  if (a !== undefined && b !== undefined && a.value.d === 1n && b.value.d === 1n)
    return equals(a.value, b.value) ? yes('the same integer') : no('different integers');
  return compareExactly(gold, pred);
}

function compareMatrices(gold: Expr, pred: Expr): Comparison {
  if (gold.kind !== 'matrix' || pred.kind !== 'matrix') return no('one is a matrix, the other is not');
  if (gold.rows.length !== pred.rows.length || gold.rows[0]?.length !== pred.rows[0]?.length)
    return no('matrices of different shape');
  for (const [i, row] of gold.rows.entries())
    for (const [j, value] of row.entries()) {
      const other = pred.rows[i]?.[j];
      if (other === undefined || !compareEntries(value, other).equal) return no(`entry ${i + 1}, ${j + 1} differs`);
    }
  return yes('equal entry by entry');
}

const compareEntries = (gold: Expr, pred: Expr): Comparison =>
  exprText(gold) === exprText(pred) ? yes('the same') : compareValues(gold, pred);

/** Canonical forms first; sampling where they leave the question open. */
function compareExactly(gold: Expr, pred: Expr): Comparison {
  const gap = guarded(() => difference(toFraction(gold), toFraction(pred)));
  if (gap?.size === 0) return yes('the same canonical form');
  if (gap !== undefined && provesUnequal(gap)) return no('different canonical forms');
  const agrees = agreesAtSamples(gold, pred);
  if (agrees === undefined) return no('neither canonical forms nor samples decide');
  return agrees ? yes('equal at seeded sample points') : no('different at a sample point');
}
