/**
 * @file When two numbers or quantities are the same. Units are converted; a unit, percent sign or count noun that one side lacks
 * is judged by what the question asks. Precision is the gold's: an answer with more digits that rounds to the gold is right.
 */
import { type Expr, numberExpr, product } from '../../expr.ts';
import { multiply, type Rational, rational } from '../../rational.ts';
import type { Context } from '../context.ts';
import { sameDimensions, type Unit } from '../dimension.ts';
import { magnitudes } from '../magnitude.ts';
import type { Literal, Scalar } from '../value.ts';
import { exactValue, nearValue, sameExpr } from './same-expr.ts';

const hundredth = rational(1n, 100n);

/** An exact multiple; a number loses the mark of a decimal. */
export const times = (expr: Expr, factor: Rational): Expr =>
  expr.kind === 'number' ? numberExpr(multiply(expr.value, factor)) : product(numberExpr(factor), expr);

/** A tolerance as a distance from a gold. */
export function allowed(tolerance: number | string, gold: number): number {
  if (typeof tolerance === 'number') return tolerance;
  const value = Number.parseFloat(tolerance);
  if (!Number.isFinite(value)) return 0;
  return tolerance.includes('%') ? (Math.abs(gold) * value) / 100 : value;
}

/** Whether `value` rounds to `rounded`, which has `decimals` decimals. */
function roundsTo(value: number, rounded: number, decimals: number): boolean {
  const half = 0.5 * 10 ** -decimals;
  return Math.abs(value - rounded) <= half * (1 + 1e-9) + 1e-12 * Math.abs(rounded);
}

/** A decimal with so many digits is a rounding of whatever it rounds. */
const manyDecimals = 6;

interface Side {
  readonly expr: Expr;
  readonly literal?: Literal | undefined;
}

/** Two numbers without units. */
export function sameNumber(gold: Side, answer: Side, context: Context): boolean {
  if (sameExpr(gold.expr, answer.expr)) return true;
  const [x, y] = [nearValue(gold.expr), nearValue(answer.expr)];
  if (x === undefined || y === undefined) return false;
  if (context.tolerance !== undefined && Math.abs(x - y) <= allowed(context.tolerance, x)) return true;
  return rounded(gold, answer, x, y, context);
}

function rounded(gold: Side, answer: Side, x: number, y: number, context: Context): boolean {
  const [stated, said] = [gold.literal, answer.literal];
  const { rounding } = context;
  if (stated !== undefined && stated.decimals > 0) {
    const finer = said === undefined ? exactValue(answer.expr)?.d !== 1n : said.decimals > stated.decimals;
    const precise = stated.digits >= 3 && stated.decimals >= 2;
    if (finer && (precise || rounding !== undefined) && roundsTo(y, x, stated.decimals)) return true;
    if (said !== undefined && said.digits >= 12 && Math.abs(x - y) <= 1e-9 * Math.abs(x)) return true;
    return false;
  }
  if (said === undefined || said.decimals === 0) return false;
  // An exact gold: a decimal is right when it is a long one, or when the question asks for as many digits.
  if (stated !== undefined && stated.decimals === 0)
    return said.digits >= 12 && Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x));
  const enough =
    said.decimals >= manyDecimals ||
    (rounding?.decimals !== undefined && said.decimals >= rounding.decimals) ||
    (rounding?.digits !== undefined && said.digits >= rounding.digits);
  return enough && roundsTo(x, y, said.decimals);
}

/** The scalar in SI units, or of its currency. */
function inBase(side: Scalar, unit: Unit): Side {
  const value = times(side.expr, unit.factor);
  if (unit.offset === undefined) return { expr: value };
  return { expr: { kind: 'add', args: [value, numberExpr(unit.offset)] } };
}

/** A pound is a mass or money; beside the sign of one it is that one. */
const isPound = ({ text }: Unit): boolean => /^(?:pounds?|£|GBP|gbp|lbs?)$/.test(text);

const sameUnit = (a: Unit, b: Unit): boolean =>
  a.factor.n === b.factor.n && a.factor.d === b.factor.d && a.offset?.n === b.offset?.n && sameDimensions(a, b);

function sameQuantity(gold: Scalar, answer: Scalar, a: Unit, b: Unit, context: Context): boolean {
  if (isPound(a) && isPound(b)) return sameNumber(gold, answer, context);
  if (!sameDimensions(a, b)) return false;
  if (sameUnit(a, b)) return sameNumber(gold, answer, context);
  const [x, y] = [inBase(gold, a), inBase(answer, b)];
  if (sameNumber(x, y, { ...context, tolerance: undefined })) return true;
  const [p, q] = [nearValue(x.expr), nearValue(y.expr)];
  if (p === undefined || q === undefined) return false;
  // Factors with many digits leave what double precision leaves; a converted decimal is right to its own digits.
  if (Math.abs(p - q) <= 1e-9 * Math.max(Math.abs(p), Math.abs(q))) return true;
  const scale = Number(b.factor.n) / Number(b.factor.d);
  const converted =
    a.offset === undefined
      ? p / scale
      : (p - (b.offset === undefined ? 0 : Number(b.offset.n) / Number(b.offset.d))) / scale;
  const said = answer.literal;
  return (
    said !== undefined &&
    said.digits >= 3 &&
    said.decimals > 0 &&
    roundsTo(converted, nearValue(answer.expr) ?? Number.NaN, said.decimals)
  );
}

/** Whether an answer's unit can stand where neither gold nor answer's form demands it: what the question names decides. */
function unitFits(gold: Scalar, answer: Scalar, unit: Unit, context: Context): boolean {
  const asked = context.unitAsked;
  if (asked !== undefined) return sameQuantity({ ...gold, unit: asked }, answer, asked, unit, context);
  const related = context.unitsNamed.filter((named) => shares(named, unit));
  if (related.length > 0 && !related.some((named) => scaleOf(named, unit))) return false;
  return sameNumber(gold, answer, context);
}

/** Whether two units speak of the same base quantity. */
const shares = (a: Unit, b: Unit): boolean => Object.keys(a.dimensions).some((name) => name in b.dimensions);

/** Whether the unit may be built of the named one: metres and square metres, kilometres and km/h; never metres and km. */
function scaleOf(named: Unit, unit: Unit): boolean {
  if (sameDimensions(named, unit)) return named.factor.n === unit.factor.n && named.factor.d === unit.factor.d;
  return unit.text.toLowerCase().includes(named.text.toLowerCase()) || sharesScale(named, unit);
}

function sharesScale(named: Unit, unit: Unit): boolean {
  const [[name, exponent] = ['', 0], ...others] = Object.entries(named.dimensions);
  const power = unit.dimensions[name];
  if (others.length > 0 || power === undefined || exponent !== 1) return true;
  const own = Object.keys(unit.dimensions).length === 1;
  const scale = Number(named.factor.n) / Number(named.factor.d);
  const factor = Number(unit.factor.n) / Number(unit.factor.d);
  return !own || Math.abs(factor - scale ** power) <= 1e-9 * factor;
}

const generic =
  /^(?:个|只|人|名|位|条|件|张|本|块|根|支|次|种|辆|棵|头|匹|座|间|套|people|persons?|items?|pieces?|units?|objects?|things?|times|in total|total)/i;

const stem = (word: string): string => word.toLowerCase().replace(/(?:ies|es|s|y)$/, '');

function sameNoun(a: string, b: string): boolean {
  if (generic.test(a) || generic.test(b)) return true;
  const [x, y] = [a, b].map((noun) => new Set(noun.split(/[\s,-]+/).map(stem)));
  if (x === undefined || y === undefined) return true;
  return [...x].some((word) => y.has(word)) || a.includes(b) || b.includes(a);
}

/** A percentage beside a number that is none. */
function percentAgainst(gold: Scalar, answer: Scalar, context: Context): boolean {
  const bare = gold.percent ? answer : gold;
  if (bare.unit !== undefined) return false;
  const digits = sameNumber(gold, answer, context);
  if (context.inPercent || (context.percentAsked && digits)) return digits;
  const scaled = gold.percent
    ? sameNumber({ expr: times(gold.expr, hundredth) }, answer, context)
    : sameNumber(gold, { expr: times(answer.expr, hundredth) }, context);
  if (scaled) return true;
  // Without a question the sign may have been left to it; 0.5 beside 0.5% is the wrong reading more often than not.
  const size = nearValue(bare.expr);
  return digits && !context.question && size !== undefined && Math.abs(size) >= 1;
}

/** The gold decides: its unit, percent sign or noun says what the answer may leave out. */
export function sameScalar(gold: Scalar, answer: Scalar, context: Context): boolean {
  if (gold.percent || answer.percent) {
    if (gold.percent && answer.percent) return sameNumber(gold, answer, context);
    return percentAgainst(gold, answer, context);
  }
  if (gold.unit !== undefined && answer.unit !== undefined)
    return sameQuantity(gold, answer, gold.unit, answer.unit, context);
  // A letter that may be a variable is a unit only against a unit.
  if (gold.unit !== undefined) {
    if (gold.soft || context.unitsDemanded) return false;
    return (answer.noun === undefined || generic.test(answer.noun)) && sameNumber(gold, answer, context);
  }
  if (answer.unit !== undefined && gold.noun !== undefined && !generic.test(gold.noun)) return false;
  if (answer.unit !== undefined) return !answer.soft && unitFits(gold, answer, answer.unit, context);
  if (gold.soft !== answer.soft && gold.soft) return false;
  if (gold.noun !== undefined && answer.noun !== undefined && !sameNoun(gold.noun, answer.noun)) return false;
  if (sameNumber(gold, answer, context)) return true;
  const factor = context.magnitudeAsked === undefined ? undefined : magnitudes.get(context.magnitudeAsked);
  return factor !== undefined && gold.literal !== undefined && answer.literal === undefined
    ? sameNumber({ expr: times(gold.expr, factor) }, answer, context)
    : false;
}
