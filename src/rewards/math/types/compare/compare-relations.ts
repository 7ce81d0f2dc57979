/**
 * @file When two equations or inequalities say the same: proportional differences of their sides, or, for inequalities and for
 * equations in one variable that have real solutions, equal solutions. Two equations without real solutions are not equal for that.
 */
import { difference, type Polynomial, ratio, toFraction } from '../../canonical.ts';
import { type Expr, exprText, flipped, numberExpr } from '../../expr.ts';
import { guarded } from '../../guarded.ts';
import { integer, sign } from '../../rational.ts';
import { samePieces, solutionSet } from '../../real-sets.ts';
import { agreesAtSamples } from '../../sample.ts';

type Relation = Extract<Expr, { kind: 'relation' }>;

const minusOne = numberExpr(integer(-1));
const gap = ({ left, right }: Relation): Expr => ({
  kind: 'add',
  args: [left, { kind: 'multiply', args: [minusOne, right] }],
});

const zeroForm = ({ left, right }: Relation): Polynomial | undefined =>
  guarded(() => difference(toFraction(left), toFraction(right)));

const namesIn = (expr: Expr): string =>
  [...new Set(exprText(expr).match(/(?<![a-zA-Z])[a-zA-Zα-ω](?:_\{?\w+\}?)?(?![a-zA-Z(])/g) ?? [])].sort().join(' ');

/** Takes relations and chains of them; any other tree equals none. */
export function sameRelation(gold: Expr, answer: Expr): boolean {
  if (gold.kind === 'chain' || answer.kind === 'chain') return sameChains(gold, answer);
  if (gold.kind !== 'relation' || answer.kind !== 'relation') return false;
  const [a, b] = [zeroForm(gold), zeroForm(answer)];
  if (a !== undefined && b !== undefined && (a.size === 0 || b.size === 0))
    return a.size === b.size && gold.op === answer.op;
  const factor = a === undefined || b === undefined ? undefined : ratio(a, b);
  if (factor !== undefined) return (sign(factor) > 0 ? answer.op : flipped[answer.op]) === gold.op;
  return sameGaps(gold, answer) || sameSolutions(gold, answer);
}

function sameGaps(gold: Relation, answer: Relation): boolean {
  const swapped = { ...answer, left: answer.right, right: answer.left };
  if (gold.op === answer.op && agreesAtSamples(gap(gold), gap(answer), 'signed') === true) return true;
  return gold.op === flipped[answer.op] && agreesAtSamples(gap(gold), gap(swapped), 'signed') === true;
}

function sameSolutions(gold: Relation, answer: Relation): boolean {
  if (namesIn(gold) !== namesIn(answer)) return false;
  const [a, b] = [solutionSet(gold), solutionSet(answer)];
  if (a === undefined || b === undefined || !samePieces(a, b)) return false;
  return a.length > 0;
}

/** a < x < b in either direction, link by link or by its solutions. */
function sameChains(gold: Expr, answer: Expr): boolean {
  const [a, b] = [linksOf(gold), linksOf(answer)];
  if (namesIn(gold) !== namesIn(answer)) return false;
  if (a.length === b.length) {
    const turned = [...b].reverse();
    if ([b, turned].some((links) => a.every((link, i) => sameRelation(link, links[i] ?? link)))) return true;
  }
  const [x, y] = [solutionSet(gold), solutionSet(answer)];
  return x !== undefined && y !== undefined && x.length > 0 && samePieces(x, y);
}

const linksOf = (expr: Expr): readonly Expr[] => (expr.kind === 'chain' ? expr.links : [expr]);
